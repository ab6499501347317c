import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test, vi } from "vitest";

import { sendMail } from "@/lib/messages/mail";
import type { Answer, Asked, RouteName } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { type Leaf, leavesOf, nameOf, type Place, withValue } from "@/lib/testing/fields";
import { logged } from "@/lib/testing/log-lines";
import { aMailServer } from "@/lib/testing/mail-server";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { aWorld, type World } from "@/lib/testing/world";

// Text that would run in a page or a spreadsheet, put into every field of every route that takes text: it comes out as
// text, and nothing of it comes out for another organization.

vi.mock("pino", async (importOriginal) =>
  (await import("@/lib/testing/log-lines")).collecting(await importOriginal()),
);

const CANARY = "c4n4ry";
/** Each begins as a formula does and ends as markup does. */
const planted = [
  `=HYPERLINK("https://evil.example","${CANARY}")<script>alert(1)</script>`,
  `+${CANARY}"><img src=x onerror=alert(1)>`,
  `-${CANARY}'/><svg/onload=alert(1)>`,
  `@${CANARY}{{7*7}}\${7*7}`,
  `＝${CANARY}</title><iframe srcdoc="<script>alert(1)</script>">`,
  `  =${CANARY} | cmd`,
];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NOT_FREE = /^(https?:\/\/|[a-z_]+(,[a-z_]+)*$|[A-Z]{3}$|\d|-?\d+(\.\d+)?$)/;
const SECRET = new Set(["password", "token", "secret", "code"]);

/** Where a request carries what somebody typed. */
function textsOf(asked: Asked): Leaf[] {
  return leavesOf({ body: asked.body, query: asked.query }).filter(
    ({ place, value }) =>
      typeof value === "string" &&
      !UUID.test(value) &&
      !NOT_FREE.test(value) &&
      !value.includes("@") &&
      !SECRET.has(String(place.at(-1))),
  );
}

let [ours, theirs]: World[] = [];
let [ourAsks, theirAsks]: Awaited<ReturnType<typeof anAsker>>["asks"][] = [];
/** "POST teams body.name": what took such a text. */
const taken = new Set<string>();
const refused = new Set<string>();

beforeAll(async () => {
  [ours, theirs] = [await aWorld(), await aWorld()];
  ourAsks = (await anAsker(ours)).asks;
  theirAsks = (await anAsker(theirs)).asks;
  let turn = 0;
  for (const row of ROUTE_TABLE.filter(writes))
    for (const { place } of textsOf(await row.request(theirs, "owner"))) {
      const text = `${planted[turn++ % planted.length]} ${turn}`;
      const asked = withValue(await row.request(theirs, "owner"), place, text);
      const { status, body } = await theirAsks(row.route, asked);
      const what = `${row.route} ${nameOf(place)}`;
      if (status < 300) taken.add(what);
      else refused.add(`${what}: ${status} ${body.code}`);
      expect([what, status < 500]).toEqual([what, true]);
    }
}, 300_000);

const writes = ({ route, who }: Row) =>
  who.includes("owner") &&
  /^(POST|PUT|PATCH)/.test(route) &&
  !/session|setup|acceptance$|demo-data/.test(route);
const reads = ROUTE_TABLE.filter(({ route, who }) => who.includes("owner") && route.startsWith("GET"));

test("every field that takes text took it, or said that it does not", () => {
  expect(taken.size).toBeGreaterThan(40);
  const names = [...taken].map((what) => what.split(".").at(-1));
  for (const name of ["name", "description", "number", "note", "reason"]) expect(names).toContain(name);
  // What refuses it says so by name, and is of a kind that has rules of its own.
  expect([...refused].filter((what) => !/ 4\d\d /.test(what))).toEqual([]);
});

describe.each(reads)("$route", ({ route, request }) => {
  let answer: Answer;
  beforeAll(async () => {
    answer = await theirAsks!(route as RouteName, await request(theirs!, "owner"));
  });

  test("hands it out as text", () => {
    expect(answer.status).toBe(200);
    const type = answer.headers.get("content-type") ?? "";
    expect(type).not.toMatch(/html|svg|xml/);
    if (!type.startsWith("text/csv")) return;
    const rows: string[][] = parse(answer.body as string, { relax_column_count: true, bom: true });
    const cells = rows.flat();
    // A number may be negative; a text that begins like a formula has a mark before it that makes it text.
    const formulas = cells.filter(
      (cell) => /^\s*["']?\s*[=+\-@\t\r＝＋－＠]/.test(cell) && !cell.startsWith("'"),
    );
    expect(formulas.filter((cell) => !/^-\d+(\.\d+)?$/.test(cell))).toEqual([]);
  });

  test("hands out nothing of it to another organization", async () => {
    const { body, headers } = await ourAsks!(route as RouteName, await request(ours!, "owner"));
    expect(JSON.stringify(body)).not.toContain(CANARY);
    expect(JSON.stringify([...headers])).not.toContain(CANARY);
  });
});

test("it comes out somewhere, so that there was something to look for", async () => {
  const told: string[] = [];
  for (const { route, request } of reads) {
    const { body } = await theirAsks!(route, await request(theirs!, "owner"));
    if (JSON.stringify(body).includes(CANARY)) told.push(route);
  }
  expect(told.length).toBeGreaterThan(25);
  expect(told).toContain("GET reports/budget.csv");
});

test("a mail is plain text, and no name in it becomes a line of its head", async () => {
  const server = await aMailServer();
  process.env.SMTP_URL = server.url;
  try {
    const name = `${planted[1]}\r\nBcc: everybody@evil.example`;
    await sendMail({
      id: "1",
      to: { name, address: "ada@example.test" },
      subject: name,
      text: `${name}\n.\r\nQUIT`,
    });
    const [head = "", ...body] = (server.mails[0] ?? "").split("\r\n\r\n");
    expect(head).toMatch(/^Content-Type: text\/plain/m);
    expect(head).not.toMatch(/^Bcc:/m);
    expect(head).not.toMatch(/multipart|text\/html/);
    expect(body.join("\n")).toContain(CANARY);
  } finally {
    Reflect.deleteProperty(process.env, "SMTP_URL");
    await server.close();
  }
});

test("nothing of it is in the log", () => {
  expect(logged.length).toBeGreaterThan(100);
  expect(logged.filter((line) => line.includes(CANARY))).toEqual([]);
});

/** Kept for whoever adds a field: where a broken half of a sign stands, nothing is kept. */
test("half a sign is refused in every such field", async () => {
  for (const row of ROUTE_TABLE.filter(writes)) {
    if (row.route.includes("invoice-drafts")) continue;
    const asked = await row.request(theirs!, "owner");
    for (const { place } of textsOf(asked).filter(
      ({ place: [where] }: { place: Place }) => where === "body",
    )) {
      const { status } = await theirAsks!(row.route, withValue(asked, place, "half \ud83d"));
      expect([row.route, nameOf(place), status]).toEqual([row.route, nameOf(place), 400]);
    }
  }
});
