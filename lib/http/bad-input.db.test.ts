import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { readLedger } from "@/lib/ledger/read";
import type { Answer, Asked, RouteName } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { inputsOf, leavesOf, nameOf, type Place, withValue } from "@/lib/testing/fields";
import { usageCharge } from "@/lib/testing/invoices";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { fingerprint } from "@/lib/testing/tenant-tables";
import { aWorld, type World } from "@/lib/testing/world";

// Every text, number and day of every request, replaced by what no form would send: either a clear refusal that names
// the field and changes nothing, or what was sent comes back as it was sent.

const client = new Client({ connectionString: process.env.DATABASE_URL });
let world: World;
let asks: Awaited<ReturnType<typeof anAsker>>["asks"];
beforeAll(async () => {
  await client.connect();
  world = await aWorld();
  await readLedger(world.owner, async () => {});
  ({ asks } = await anAsker(world));
});
afterAll(() => client.end());

/** Each must be refused; the signs that show direction and the emoji, below, may be kept. */
const NO_TEXT = ["a\u0000b", "a\ud800b", "\udfffb", "a\u0007b", "a\u001b[31m", "x".repeat(10_000)];
const ODD_TEXT = ["\u202egnp 👩‍👩‍👧‍👦 שלום e\u0301\u0327 '; DROP TABLE team; --", "=1+1"];
const NO_WEBSITE = [
  ...NO_TEXT,
  "javascript:alert(1)",
  "//evil.example",
  "https://",
  "https://a.test/\u0000",
  "https://a.test/\ud800",
];
const NO_EMAIL = [
  ...NO_TEXT,
  "a\u0000@b.test",
  "a＠b.test",
  '"a@evil.example"@b.test',
  "a@b",
  "\ud800@b.test",
];
const NO_DATE = [
  ...[
    "1999-12-31",
    "2101-01-01",
    "2026-02-30",
    "2026-13-01",
    "+275760-09-13",
    "275760-01-01",
    "2026-2-3",
    "",
  ],
  ...["2026-03-15T00:00:00Z", "٢٠٢٦-٠٣-١٥", "2026-03-15 ", "infinity", "now", "\u00002026-03-15"],
];
const FAR_DATES = ["2000-01-01", "2100-12-31"];
const NO_MONTH = ["1999-12", "2101-01", "2026-13", "2026-00", "2026-3", "2026-03-01", "x", "", "infinity"];
const NO_NUMBER: unknown[] = [
  1e21,
  0.5,
  12.345,
  2 ** 53,
  -(2 ** 53),
  "NaN",
  "12",
  "1e3",
  true,
  [],
  Number.MAX_VALUE,
];
const NO_DECIMAL = [
  "NaN",
  "Infinity",
  "-Infinity",
  "1e3",
  "0x10",
  "١٢",
  "1,5",
  "1.234,56",
  " 12 ",
  "",
  "1".repeat(30),
];

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-\d{2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DECIMAL = new Set(["quantity", "unitPrice", "rate"]);
/** Words of ours: anything else there is refused with all the other wrong types. */
const CHOICE = /^[a-z_]+(,[a-z_]+)?$/;

type Corpus = { readonly wrong: readonly unknown[]; readonly odd: readonly unknown[] };

function corpusOf(place: Place, value: unknown): Corpus | null {
  const name = String(place.at(-1));
  if (typeof value === "number") return { wrong: NO_NUMBER, odd: [] };
  if (typeof value !== "string" || UUID.test(value)) return null;
  if (DECIMAL.has(name)) return { wrong: [...NO_DECIMAL, "1.1234567890123"], odd: [] };
  if (DATE.test(value)) return { wrong: NO_DATE, odd: FAR_DATES };
  if (MONTH.test(value)) return { wrong: NO_MONTH, odd: ["2000-01", "2100-12"] };
  if (name === "currency" || name === "from" || name === "to" || name === "baseCurrency")
    return { wrong: ["usd", "XXX", "US", "USDX", "U\u0000D", "ＵＳＤ", ""], odd: [] };
  if (value.startsWith("https://")) return { wrong: NO_WEBSITE, odd: [] };
  if (name === "email") return { wrong: NO_EMAIL, odd: [] };
  if (CHOICE.test(value) || name === "limit")
    return { wrong: ["x\u0000", "constructor", "__proto__"], odd: [] };
  // An address carries no broken characters, and a file's name loses its signs of direction.
  const wrong = place[0] === "query" ? NO_TEXT.filter((text) => text.isWellFormed()) : NO_TEXT;
  return { wrong, odd: name === "fileName" ? [] : ODD_TEXT };
}

const rows = ROUTE_TABLE.filter(({ who, route }) => who.includes("owner") && route !== "GET openapi.json");
const isDraft = ({ route }: Row, place: Place) => route.includes("invoice-drafts") && place[1] === "content";
const isSecret = (place: Place) => ["password", "token", "clientSecret"].includes(String(place.at(-1)));
const books = () => fingerprint(client, world.owner.organization.id, ["session"]);

/** The fields of the request that can be tried, with what to try. */
function trials(row: Row, asked: Asked) {
  return inputsOf(asked).flatMap(({ place, value }) => {
    if (place[0] === "params" || isDraft(row, place) || isSecret(place)) return [];
    const corpus = corpusOf(place, value);
    return corpus ? [{ place, corpus }] : [];
  });
}

/** An error names the field, or the object that the field is in. */
function names({ body }: Answer, place: Place): boolean {
  const field = nameOf(place.slice(1));
  return Object.keys(body.fields ?? {}).some(
    (name) => field === name || field.startsWith(`${name}.`) || name.startsWith(`${field}.`),
  );
}

describe.each(rows)("$route", (row) => {
  const route: RouteName = row.route;

  test("refuses what cannot be kept, naming the field, and changes nothing", async () => {
    const asked = await row.request(world, "owner");
    const before = await books();
    for (const { place, corpus } of trials(row, asked)) {
      for (const value of corpus.wrong) {
        const sent = place[0] === "query" ? String(value) : value;
        const answer = await asks(route, withValue(asked, place, sent));
        const tried = [nameOf(place), JSON.stringify(value)?.slice(0, 40)];
        expect([...tried, answer.status, names(answer, place)]).toEqual([...tried, 400, true]);
      }
    }
    expect(await books()).toEqual(before);
  });

  test("keeps what is odd but right exactly, or refuses it clearly", async () => {
    const asked = await row.request(world, "owner");
    for (const { place, corpus } of trials(row, asked)) {
      for (const value of corpus.odd) {
        const fresh = withValue(await row.request(world, "owner"), place, value);
        const answer = await asks(route, fresh);
        const tried = [nameOf(place), value];
        expect([...tried, answer.status]).not.toEqual([...tried, 500]);
        if (answer.status >= 400) {
          expect([...tried, answer.body.detail]).toEqual([...tried, expect.any(String)]);
          continue;
        }
        // What is made below something answers with that, which has fields of the same names.
        if (/^GET|\]\/\w/.test(route) || !answer.body || place.length > 2) continue;
        const kept = leavesOf(answer.body).filter((leaf) => leaf.place.at(-1) === place.at(-1));
        if (kept.length > 0)
          expect([...tried, kept.map((leaf) => leaf.value)]).toEqual([
            ...tried,
            expect.arrayContaining([value]),
          ]);
      }
    }
  });
});

describe("sums beyond what a number holds exactly", () => {
  const most = { minor: 1_000_000_000_000, currency: "USD" };
  const right = async (route: RouteName, changes: object) => {
    const asked = await ROUTE_TABLE.find((row) => row.route === route)!.request(world, "owner");
    return { ...asked, body: { ...(asked.body as object), ...changes } };
  };

  test("are refused for seats, at their field", async () => {
    const { standard } = world.books.plans;
    const term = { planId: standard, startsOn: "2026-03-01", seats: 100_000, unitPrice: most };
    const before = await books();
    const made = await asks(
      "POST subscriptions",
      await right("POST subscriptions", { terms: [term], assignments: [] }),
    );
    expect([made.status, Object.keys(made.body.fields ?? {})]).toEqual([400, ["terms.0.unitPrice"]]);
    expect(await books()).toEqual(before);

    for (const route of [
      "POST subscriptions/[id]/terms",
      "PATCH subscriptions/[id]/terms/[termId]",
    ] as const) {
      const { startsOn: _, planId: __, ...change } = term;
      const answer = await asks(route, await right(route, change));
      expect([route, answer.status, Object.keys(answer.body.fields)]).toEqual([route, 400, ["unitPrice"]]);
    }
  });

  test("are refused for what a rate makes of an invoice", async () => {
    const rate = {
      date: "2026-10-30",
      from: "NOK",
      to: "USD",
      rate: "999999999999.999999999999",
      source: "x",
    };
    expect((await asks("POST exchange-rates", { body: rate })).status).toBe(201);
    const billedCost = { minor: most.minor, currency: "NOK" };
    const charges = [{ ...usageCharge(world.books.accounts.prod, 0), billedCost }];
    const before = await books();
    const answer = await asks(
      "POST invoices",
      await right("POST invoices", { billedCost, charges, paidBy: null }),
    );
    expect([answer.status, Object.keys(answer.body.fields ?? {})]).toEqual([400, ["exchangeRate"]]);
    expect((await books()).invoice).toBe(before.invoice);
  });
});
