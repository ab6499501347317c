import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { workOnNextImport } from "@/lib/jobs/imports";
import type { Answer } from "@/lib/testing/ask";
import { ask } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { unique } from "@/lib/testing/routes/row";
import { fingerprint } from "@/lib/testing/tenant-tables";
import { aSession, aWorld, type World } from "@/lib/testing/world";

// Files that nobody should send, through the route that takes them and the worker that reads them: each is refused with
// the place and what to do, or read right; nothing else in the books changes, and the next good file goes in.

const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const row = (changes: { day?: string; workspace?: string; key?: string; cost?: string } = {}) => {
  const { day = "2026-10-02", workspace = "prod", key = "", cost = "12.50" } = changes;
  return `${day},Claude Opus 4.5,${workspace},${key},message,,output,${cost},token`;
};
const csv = (...rows: readonly string[]) => `${[HEADER, ...rows].join("\n")}\n`;
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const reply = (changes: object = {}, message: object = {}) =>
  JSON.stringify({
    type: "assistant",
    timestamp: "2026-10-03T10:00:00Z",
    requestId: "r1",
    ...changes,
    message: {
      id: "m1",
      model: "claude-opus-4-5",
      usage: { input_tokens: 10, output_tokens: 20 },
      ...message,
    },
  });

/** What remembers files and who asked, and is not the books. */
const BESIDE = ["import", "import_chunk", "session"];

let world: World;
let client: Client;
let asks: Awaited<ReturnType<typeof anAsker>>["asks"];
let routes: Awaited<ReturnType<typeof anAsker>>["routes"];
beforeAll(async () => {
  client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  world = await aWorld();
  ({ asks, routes } = await anAsker(world));
  // The first file of an organization brings the prices to start with.
  await goodFileGoesIn();
});
afterAll(() => client.end());

async function work(): Promise<void> {
  const failures: unknown[] = [];
  while (await workOnNextImport((error) => failures.push(error)));
  expect(failures).toEqual([]);
}

const books = () => fingerprint(client, world.owner.organization.id, BESIDE);

const post = (
  content: string | Uint8Array<ArrayBuffer>,
  query: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  asks("POST imports", {
    query: { fileName: "bad.csv", ...query },
    file: typeof content === "string" ? new TextEncoder().encode(content) : content,
    headers,
  });

/** What the interface says of a file that was sent and read. */
async function sent(content: string | Uint8Array<ArrayBuffer>, query: Readonly<Record<string, string>> = {}) {
  const answer = await post(content, query);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await work();
  return (await asks("GET imports/[id]", { params: { id: answer.body.id } })).body;
}

async function goodFileGoesIn(): Promise<void> {
  const { id, state, errors, preview } = await sent(csv(row({ key: unique("key") })), {
    fileName: "good.csv",
  });
  expect({ state, errors, newRows: preview?.newRows }).toEqual({ state: "ready", errors: [], newRows: 1 });
  await asks("PUT imports/[id]/commit", { params: { id }, body: {} });
  await work();
  const done = await asks("GET imports/[id]", { params: { id } });
  expect(done.body.state).toBe("committed");
}

const NUL = "\u0000";
const ZIP = new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14, 0, 8, 8, 8, 0, 0xb7, 0x9c, 0xff, 0xfe, 0, 0]);
const DEEP = 200_000;

describe("a file is refused as a whole:", () => {
  const NOT_UTF8 = /The file is not UTF-8/;
  const UNKNOWN = /Nobody knows this header/;
  test.each<[string, string | Uint8Array<ArrayBuffer>, RegExp]>([
    ["30 MB on one line", new Uint8Array(30 * 1024 * 1024).fill(97), /longer than 256 kB.*\(line 1\)/],
    ["10 MB of commas", new Uint8Array(10 * 1024 * 1024).fill(44), /longer than 256 kB.*\(line 1\)/],
    ["10 MB of empty lines", new Uint8Array(10 * 1024 * 1024).fill(10), /empty/],
    [
      "a quote that is never closed",
      csv(row(), `2026-10-02,"Claude Opus 4.5,prod`),
      /never closed.*\(line 3\)/,
    ],
    [
      "a quote that is never closed, and much behind it",
      csv(`"${row()}`, ...Array.from({ length: 20_000 }, () => row())),
      /longer than 256 kB.*\(line/,
    ],
    [
      "a quote inside a cell",
      csv(row({ workspace: 'pr"od' }), row()),
      /quote stands inside a cell.*\(line 2\)/,
    ],
    ["100,000 columns", `${Array.from({ length: 100_000 }, (_, i) => i).join(",")}\n`, /\(line 1\)/],
    [
      "301 columns",
      `${Array.from({ length: 301 }, (_, i) => `c${i}`).join(",")}\n`,
      /300 columns.*\(line 1\)/,
    ],
    ["a NUL in the header", `${HEADER},a${NUL}b\n${row()},1\n`, /cannot be kept.*\(line 1\)/],
    ["UTF-16 with a mark", utf16(`\ufeff${csv(row())}`), NOT_UTF8],
    ["UTF-16 without a mark", utf16(csv(row())), /cannot be kept|not UTF-8|Nobody knows/],
    ["Latin-1", latin1(csv(row(), row({ workspace: "café" }))), /not UTF-8.*\(line 3\)/],
    [
      "a lone surrogate in bytes",
      latin1(csv(row({ workspace: "\u00ed\u00a0\u0080" }))),
      /not UTF-8.*\(line 2\)/,
    ],
    ["two columns of one name", `${HEADER},model\n${row()},x\n`, /same name.*\(line 1, column model\)/],
    ["a header of __proto__", "__proto__,constructor,toString\n1,2,3\n", UNKNOWN],
    ["a zip or a workbook", ZIP, NOT_UTF8],
    ["an image", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), NOT_UTF8],
    ["a PDF", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n", UNKNOWN],
    ["a web page", "<!doctype html><html><body>Sign in</body></html>", UNKNOWN],
    ["nothing", "", /empty/],
    ["white space", " \r\n\t\n ", /empty/],
    ["a mark alone", "\ufeff", /empty/],
    ["a header alone, of nobody", "a;b;c\n", UNKNOWN],
    ["JSON of something else", '{\n"a": 1\n}', /neither/],
    ["JSON that goes deep", `${'{"a":\n'.repeat(DEEP)}1${"}".repeat(DEEP)}`, /neither/],
    ["lists that go deep", "[".repeat(DEEP), UNKNOWN],
    ["JSON that breaks off", '{"daily": [{"date": "2026-10-0', /neither/],
    ["a header alone", `${HEADER}\n`, /no rows/],
    ["only bad rows", csv(row({ cost: "x" }), row({ cost: "y" })), /None of the 2 rows/],
  ])("%s", async (_name, content, refusal) => {
    const before = await books();
    const file = await sent(content);
    expect(file).toMatchObject({ state: "refused", preview: null, refusal: expect.stringMatching(refusal) });
    expect(await books()).toEqual(before);
    await goodFileGoesIn();
  });
});

describe("a row is refused with its place, and nothing is taken while it is there:", () => {
  const dated = (day: string) => csv(row(), row({ day }));
  test.each<[string, string, { line: number; column: string | null }, RegExp]>([
    [
      "a day with the parts in any order",
      dated("01/02/2026"),
      { line: 3, column: "usage_date_utc" },
      /not a day/,
    ],
    ["29 February 2025", dated("2025-02-29"), { line: 3, column: "usage_date_utc" }, /not a day/],
    ["25 o'clock", dated("2026-10-02T25:00:00Z"), { line: 3, column: "usage_date_utc" }, /not a day/],
    ["the year 275760", dated("+275760-09-13"), { line: 3, column: "usage_date_utc" }, /from 2000 to 2100/],
    ["the year 1999", dated("1999-12-31"), { line: 3, column: "usage_date_utc" }, /from 2000 to 2100/],
    ["the year 2101", dated("2101-01-01"), { line: 3, column: "usage_date_utc" }, /from 2000 to 2100/],
    ["a cell too few", csv(row(), "2026-10-02,Claude"), { line: 3, column: null }, /2 cells, the header 9/],
    ["a cell too many", csv(row(), `${row()},x`), { line: 3, column: null }, /10 cells, the header 9/],
    ["a NUL", csv(row(), row({ workspace: `a${NUL}b` })), { line: 3, column: "workspace" }, /cannot be kept/],
    ["an escape", csv(row(), row({ key: "\u001b[31m" })), { line: 3, column: "api_key" }, /cannot be kept/],
    ["no amount", csv(row(), row({ cost: "NaN" })), { line: 3, column: "cost_usd" }, /not an amount/],
    [
      "an amount without end",
      csv(row(), row({ cost: "9".repeat(60) })),
      { line: 3, column: "cost_usd" },
      /amount/,
    ],
    [
      "a name without end",
      csv(row(), row({ workspace: "w".repeat(5_000) })),
      { line: 3, column: "workspace" },
      /longer/,
    ],
    [
      "a place after a cell of two lines",
      csv(row({ key: '"a\nb"' }), row({ cost: "x" })),
      { line: 4, column: "cost_usd" },
      /./,
    ],
  ])("%s", async (_name, content, place, message) => {
    const before = await books();
    const file = await sent(content);
    expect(file).toMatchObject({ state: "ready", errorCount: 1, preview: { rows: 1 } });
    expect(file.errors).toEqual([{ ...place, message: expect.stringMatching(message) }]);
    const commit = await asks("PUT imports/[id]/commit", { params: { id: file.id }, body: {} });
    expect(commit).toMatchObject({ status: 422, body: { code: "import_has_errors" } });
    await asks("DELETE imports/[id]", { params: { id: file.id } });
    expect(withoutTrail(await books())).toEqual(withoutTrail(before));
    await goodFileGoesIn();
  });

  test("of very many the first hundred are told, and all are counted", async () => {
    const file = await sent(csv(row(), ...Array.from({ length: 2_500 }, () => row({ cost: "x" }))));
    expect(file).toMatchObject({ state: "ready", errorCount: 2_500 });
    expect(file.errors).toHaveLength(100);
    expect(file.errors[99].line).toBe(102);
  });
});

describe("a log of Claude Code", () => {
  const send = (line: string) =>
    sent(`${reply({ requestId: "good" }, { id: "good" })}\n${line}\n`, {
      fileName: "bad.jsonl",
      memberId: world.books.members.ada,
    });

  test("has the line named that breaks off", async () => {
    const file = await send(reply().slice(0, -10));
    expect(file).toMatchObject({ state: "ready", errorCount: 1, preview: { rows: 1 } });
    expect(file.errors).toEqual([{ line: 2, column: null, message: expect.stringMatching(/not JSON/) }]);
  });

  test.each([
    ["no day", reply({ timestamp: "2026-13-45T99:00:00Z" })],
    ["the year 275760", reply({ timestamp: "+275760-09-13T00:00:00.000Z" })],
  ])("is read without a reply of %s", async (_name, line) => {
    expect(await send(line)).toMatchObject({ state: "ready", preview: { rows: 1 } });
  });

  test.each([
    ["half a character in the model", reply({}, { model: "claude-\ud800" })],
    ["a NUL in the model", reply({}, { model: `claude${NUL}` })],
    ["half a character in its id", reply({ requestId: "\udfff" }, { id: "\ud800" })],
    ["a negative count", reply({}, { usage: { input_tokens: -5, output_tokens: 1 } })],
    ["a count without end", reply({}, { usage: { input_tokens: 1e300, output_tokens: 1 } })],
    ["a cost without end", reply({ costUSD: 1e300 })],
  ])("is read, and goes into the books, with %s", async (_name, line) => {
    const before = await books();
    const file = await send(line);
    expect(file).toMatchObject({ state: "ready", preview: { rows: 2 } });
    await asks("PUT imports/[id]/commit", { params: { id: file.id }, body: { skipBadRows: true } });
    await work();
    expect((await asks("GET imports/[id]", { params: { id: file.id } })).body.state).toBe("committed");
    await asks("DELETE imports/[id]/commit", { params: { id: file.id } });
    await work();
    expect((await books()).usage).toBe(before.usage);
  });
});

/** Throwing a file away is written down, and a name that a file brought stays known. */
function withoutTrail(found: Record<string, string>): Record<string, string> {
  const left = ["audit_event", "identity"];
  return Object.fromEntries(Object.entries(found).filter(([table]) => !left.includes(table)));
}

describe("what is odd but legal is read right:", () => {
  const lines = [HEADER, row({ cost: "10.00" }), row({ cost: "2.50", day: "2026-10-03" })];
  const text = `${lines.join("\n")}\n`;
  test.each<[string, string]>([
    ["a byte order mark", `\ufeff${text}`],
    ["line ends of old Macs", text.replaceAll("\n", "\r")],
    ["line ends of Windows", text.replaceAll("\n", "\r\n")],
    ["every line with another end", `${lines[0]}\r\n${lines[1]}\r${lines[2]}\n`],
    ["no end of the last line", text.trimEnd()],
    ["semicolons", text.replaceAll(",", ";")],
    ["tabs", text.replaceAll(",", "\t")],
    ["quotes around everything", text.replace(/[^,\n]+/g, '"$&"')],
    [
      "columns of __proto__ and constructor",
      lines.map((line, i) => (i ? `${line},x,y` : `${line},__proto__,constructor`)).join("\n"),
    ],
    ["a day with a time in the gap of summer time", text.replace("2026-10-03", "2026-03-29T02:30:00")],
    ["a time with a zone", text.replace("2026-10-03", "2026-10-03T23:30:00-02:00")],
  ])("%s", async (_name, content) => {
    const file = await sent(content);
    expect(file).toMatchObject({
      state: "ready",
      errors: [],
      preview: { rows: 2, costs: [{ costKind: "metered", currency: "USD", cost: "12.5" }] },
    });
  });

  test("names keep every sign, and the one that turns the direction", async () => {
    const workspace = "\u202egnp 👩‍👩‍👧‍👦 שלום e\u0301\u0327";
    const file = await sent(csv(row({ workspace })));
    expect(file.preview.identities).toMatchObject([{ name: workspace }]);
  });

  test("a header alone that the date order is not known of, is asked about only with rows that need it", async () => {
    const template = await asks("GET imports/templates/[name]", { params: { name: "people-and-seats.csv" } });
    const [header = ""] = (template.body as string).split("\r\n");
    const asking = await sent(`${header}\nEve,eve@example.test,Platform,01/02/2026,,,,\n`);
    expect(asking).toMatchObject({ state: "asking", question: "date_order" });
    const answered = await asks("PATCH imports/[id]", {
      params: { id: asking.id },
      version: asking.version,
      body: { dateOrder: "day_month" },
    });
    expect(answered.status).toBe(200);
    await work();
    expect((await asks("GET imports/[id]", { params: { id: asking.id } })).body).toMatchObject({
      state: "ready",
      errors: [],
    });
  });
});

describe("an upload is refused and leaves nothing:", () => {
  const count = async () => {
    const { rows } = await client.query(
      "SELECT (SELECT count(*) FROM import) AS files, (SELECT count(*) FROM import_chunk) AS pieces",
    );
    return rows[0];
  };
  const good = csv(row());

  test.each<[string, () => Promise<Answer>, number]>([
    ["fewer bytes than announced", () => post(good, {}, { "Content-Length": "100000" }), 400],
    ["more bytes than announced", () => post(good, {}, { "Content-Length": "10" }), 400],
    ["more than may be sent", () => post(good, {}, { "Content-Length": String(600 * 1024 * 1024) }), 413],
    ["no name", () => post(good, { fileName: "" }), 400],
    ["a name of two lines", () => post(good, { fileName: "a.csv\r\nSet-Cookie: x=1" }), 400],
    ["a name with NUL", () => post(good, { fileName: `a.csv${NUL}.png` }), 400],
    ["a name without end", () => post(good, { fileName: `${"a".repeat(256)}.csv` }), 400],
    ["a field that there is not", () => post(good, { organizationId: "x" }), 400],
  ])("%s", async (_name, send, status) => {
    const before = { books: await books(), ...(await count()) };
    const answer = await send();
    expect([answer.status, answer.body.status]).toEqual([status, status]);
    expect({ books: await books(), ...(await count()) }).toEqual(before);
  });

  test("a connection that breaks off", async () => {
    const before = await count();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array(3 * 1024 * 1024).fill(97));
      },
      pull(controller) {
        controller.error(new Error("aborted"));
      },
    });
    const headers = { Origin: "http://localhost:3000" };
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const request = new Request("http://localhost:3000/api/v1/imports?fileName=a.csv", init);
    const answer = await ask(routes.get("POST imports")!, request, {
      sessionId: await aSession(world, "owner"),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await count()).toEqual(before);
    await goodFileGoesIn();
  });

  test.each([
    "../../etc/passwd.csv",
    "..\\..\\evil.csv",
    'a"; filename="b.exe',
    "/dev/null",
    "CON",
    "\u202evsc.exe",
  ])("the name %j is a name and no path", async (fileName) => {
    const file = await sent(csv(row()), { fileName });
    expect(file).toMatchObject({ state: "ready", fileName });
  });
});
