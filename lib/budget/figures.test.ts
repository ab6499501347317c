import fc from "fast-check";
import { expect, test } from "vitest";

import { spentLines, toRow } from "@/lib/budget/figures";
import { budgetLines, type LineSum } from "@/lib/domain/budget-line";
import { budgetedLines } from "@/lib/domain/budgeted";
import { nothingExpected } from "@/lib/domain/expected-lines";
import { PURPOSES } from "@/lib/domain/facts";

const MONTHS = ["2026-01", "2026-02", "2026-03"];

const sum: fc.Arbitrary<LineSum> = fc.record({
  month: fc.constantFrom(...MONTHS),
  purpose: fc.constantFrom(...PURPOSES),
  state: fc.constantFrom("billed" as const, "estimated" as const),
  baseCostMinor: fc.integer({ min: -1_000, max: 1_000 }),
  coveredMinor: fc.nat(50),
});

test("what people share is what each of them would have alone", () => {
  const shown = { running: "2026-03", openings: new Set(["2026-01"]) };
  const spentOf = spentLines({ ...shown, months: MONTHS, currency: "USD" });
  fc.assert(
    fc.property(fc.array(sum, { maxLength: 6 }), (sums) => {
      const { lines, total } = budgetLines(sums, MONTHS);
      const untold = nothingExpected(MONTHS);
      const landing = { ...shown, expected: untold, covered: untold, margin: undefined };
      const budgeted = budgetedLines(lines, []);
      const alone = {
        lines: lines.map(({ purpose, ...row }) => ({
          purpose,
          ...toRow(row, budgeted.lines[purpose], landing, "USD"),
        })),
        total: toRow(total, budgeted.total, landing, "USD"),
      };
      expect(JSON.stringify(spentOf(sums))).toBe(JSON.stringify(alone));
    }),
  );
});
