import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { budgetInput } from "@/lib/budget/schema";
import { getBudget } from "@/lib/budget/service";
import { allocate } from "@/lib/domain/allocate";
import { parseDecimal } from "@/lib/domain/decimal";
import { INPUT_MINOR_MAX, money, toDecimal } from "@/lib/domain/money";
import { postInvoice } from "@/lib/invoices/service";
import { createRate } from "@/lib/rates/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge, usd } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";

// What the database makes of numbers, beside what we make of them (security rows M6 to M8).

const CASES = 10_000;
const owner = new Client({ connectionString: process.env.DATABASE_URL });
let ctx: Ctx;
let books: SomeBooks;

beforeAll(async () => {
  await owner.connect();
  ctx = await anOrganization();
  books = await someBooks(ctx);
});
afterAll(() => owner.end());

/** The same numbers in every run: a step of a linear congruence, 48 bits long. */
function randoms(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = (state * 25_214_903_917n + 11n) % 2n ** 48n;
    return state;
  };
}

describe("ten thousand random decimals", () => {
  const next = randoms(20_261_125n);
  // NUMERIC(18,6): up to twelve places before the point, of every length, of either sign.
  const micros = Array.from({ length: CASES }, () => {
    const size = 10n ** (next() % 19n);
    return ((next() * next()) % size) * (next() % 2n === 0n ? 1n : -1n);
  });

  test("are read as the database writes them, and sum as it sums them", async () => {
    const { rows } = await owner.query<{ text: string }>(
      "SELECT (micro::numeric / 1000000)::numeric(18,6)::text AS text FROM unnest($1::text[]) WITH ORDINALITY AS t (micro, place) ORDER BY place",
      [micros.map(String)],
    );
    const differing = rows.filter(({ text }, index) => {
      const decimal = parseDecimal(text);
      return decimal?.scale !== 6 || decimal.digits !== micros[index];
    });
    expect(differing).toEqual([]);
    const { rows: sums } = await owner.query<{ sum: string }>(
      "SELECT sum(text::numeric(18,6))::text AS sum FROM unnest($1::text[]) AS text",
      [rows.map(({ text }) => text)],
    );
    expect(parseDecimal(sums[0]?.sum ?? "")?.digits).toBe(micros.reduce((a, b) => a + b, 0n));
  });

  test("sum as whole minor units, and their splits add up to them", async () => {
    const minors = micros.map((micro) => Number(micro % BigInt(INPUT_MINOR_MAX)));
    const { rows } = await owner.query<{ sum: string }>(
      "SELECT sum(minor)::text AS sum FROM unnest($1::bigint[]) AS minor",
      [minors.map(String)],
    );
    expect(BigInt(rows[0]?.sum ?? "")).toBe(minors.reduce((sum, minor) => sum + BigInt(minor), 0n));
    const lost = minors.filter((minor, index) => {
      const parts = allocate(minor, [1 + (index % 7), index % 11, index % 13]);
      return parts.reduce((a, b) => a + b, 0) !== minor;
    });
    expect(lost).toEqual([]);
    const misread = minors.filter((minor, index) => {
      const currency = (["USD", "JPY", "KWD"] as const)[index % 3] ?? "USD";
      const { digits, scale } = parseDecimal(toDecimal(money(minor, currency))) ?? { digits: null, scale: 0 };
      return digits !== BigInt(minor) || scale !== { USD: 2, JPY: 0, KWD: 3 }[currency];
    });
    expect(misread).toEqual([]);
  });
});

describe("what is no amount", () => {
  test.each([
    ["charge", "quantity"],
    ["charge", "unit_price"],
    ["exchange_rate", "rate"],
    ["ledger_entry", "rate"],
  ])("has no place in %s.%s: NaN is refused, a number is taken", async (table, column) => {
    await postInvoice(ctx, anInvoice(books, { number: `${table} ${column}` }));
    if (table === "exchange_rate") {
      await createRate(ctx, { date: "2026-10-30", from: "JPY", to: "USD", rate: "0.0066", source: "test" });
    }
    const set = (value: string) =>
      owner.query(`UPDATE ${table} SET ${column} = '${value}' WHERE organization_id = $1`, [
        ctx.organization.id,
      ]);
    expect((await set("1")).rowCount).toBeGreaterThan(0);
    await expect(set("NaN")).rejects.toMatchObject({ code: "23514" });
    await expect(set("Infinity")).rejects.toMatchObject({ code: expect.stringMatching(/^22003$|^23514$/) });
  });
});

test("the largest amounts add up exactly, beyond what one of them may be", async () => {
  const large = await anOrganization();
  const own = await someBooks(large);
  for (const number of ["LARGE-1", "LARGE-2", "LARGE-3"]) {
    const charges = [usageCharge(own.accounts.prod, INPUT_MINOR_MAX)];
    await postInvoice(large, anInvoice(own, { number, billedCost: usd(INPUT_MINOR_MAX), charges }));
  }
  const october = budgetInput.parse({ from: "2026-10", to: "2026-10" });
  const { lines } = await getBudget(large, october);
  expect(lines[1]?.total.billed).toEqual(usd(3 * INPUT_MINOR_MAX));
});
