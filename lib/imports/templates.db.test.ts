import { beforeAll, expect, test } from "vitest";

import { TEMPLATE_NAMES } from "@/lib/imports/schema";
import { workOnImport } from "@/lib/imports/work";
import { anAsker } from "@/lib/testing/asker";
import { aWorld, type World } from "@/lib/testing/world";

let world: World;
let asks: Awaited<ReturnType<typeof anAsker>>["asks"];
beforeAll(async () => {
  world = await aWorld();
  ({ asks } = await anAsker(world));
});

test.each(TEMPLATE_NAMES)("%s as it is downloaded goes into books that have what it names", async (name) => {
  const template = await asks("GET imports/templates/[name]", { params: { name } });
  expect(template.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(template.headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);

  const file = new TextEncoder().encode(template.body);
  const sent = await asks("POST imports", { query: { fileName: name }, file });
  const { id } = sent.body;
  await workOnImport(world.owner, id);
  const read = await asks("GET imports/[id]", { params: { id } });
  expect(read.body).toMatchObject({ state: "ready", errors: [], preview: { rows: 2, newRows: 2 } });
  await asks("PUT imports/[id]/commit", { params: { id }, body: {} });
  await workOnImport(world.owner, id);
  const done = await asks("GET imports/[id]", { params: { id } });
  expect(done.body).toMatchObject({ state: "committed", report: { newRows: 2 } });
});

test("there is no other template", async () => {
  const answer = await asks("GET imports/templates/[name]", { params: { name: "../budget.csv" } });
  expect(answer).toMatchObject({ status: 400, body: { code: "invalid_input" } });
});
