import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { METHODS, openApiDocument } from "@/lib/http/openapi";

const onDisk = readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("route.ts") && !name.startsWith("openapi.json"))
  .map((name) => `/${join(name, "..").replaceAll(/\[(\w+)\]/g, "{$1}")}`);

type Operation = {
  operationId: string;
  summary: string;
  requestBody?: unknown;
  parameters: { name: string }[];
};
type Document = { paths: Record<string, Record<string, Operation>> };
const { paths } = openApiDocument(ROUTES) as unknown as Document;

describe("the interface's description", () => {
  test("has every route that there is, and no other", () => {
    expect(Object.keys(paths).sort()).toEqual(onDisk.sort());
  });

  test.each(ROUTES.map((route) => [route.path, route] as const))(
    "has every method of %s",
    (path, { module }) => {
      const methods = METHODS.filter((method) => module[method]).map((method) => method.toLowerCase());
      expect(Object.keys(paths[path] ?? {}).sort()).toEqual(methods.sort());
    },
  );

  test("names every operation once", () => {
    const ids = Object.values(paths).flatMap((item) => Object.values(item).map((one) => one.operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("takes the inputs from the schemas: a body, its path's id and the version that was read", () => {
    const { requestBody, parameters } = paths["/invoices/{id}"]?.patch ?? { parameters: [] };
    expect(parameters.map(({ name }) => name)).toEqual(["id", "If-Match"]);
    const body = JSON.stringify(requestBody);
    expect(body).toContain(
      '"chargeCategory":{"type":"string","enum":["usage","purchase","tax","credit","adjustment"]}',
    );
    expect(body).not.toContain('"version"');
  });
});
