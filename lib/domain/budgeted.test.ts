import { describe, expect, test } from "vitest";

import { budgetLines, type LineSum } from "./budget-line";
import { budgetedLines, type PlanSum } from "./budgeted";

const MONTHS = ["2026-04", "2026-05", "2026-06"];
const cost = (purpose: LineSum["purpose"], month: string, baseCostMinor: number): LineSum => ({
  ...{ purpose, month, baseCostMinor },
  ...{ state: "billed", coveredMinor: 0 },
});
const plan = (purpose: PlanSum["purpose"], month: string, amountMinor: number): PlanSum => ({
  ...{ purpose, month, amountMinor },
});
const budgeted = (costs: readonly LineSum[], plans: readonly PlanSum[]) =>
  budgetedLines(budgetLines(costs, MONTHS).lines, plans);

describe("the budget beside the cost", () => {
  test("is what is planned of each month and line, and their sums", () => {
    const { lines, total } = budgeted(
      [cost("developer_leverage", "2026-04", 900), cost("product_running", "2026-05", 300)],
      [
        plan("developer_leverage", "2026-04", 600),
        plan("developer_leverage", "2026-04", 400),
        plan("developer_leverage", "2026-05", 1000),
        plan("product_running", "2026-05", 250),
      ],
    );
    // 600 + 400 of two teams; nothing is planned for June, which cost nothing.
    expect(lines.developer_leverage).toEqual({ months: [1000, 1000, null], total: 2000 });
    expect(lines.product_running).toEqual({ months: [null, 250, null], total: 250 });
    expect(lines.unclassified).toEqual({ months: [null, null, null], total: null });
    expect(total).toEqual({ months: [1000, 1250, null], total: 2250 });
  });

  test("is not summed with a month that cost something and has no plan", () => {
    const { lines, total } = budgeted(
      [cost("developer_leverage", "2026-04", 900), cost("developer_leverage", "2026-05", 1)],
      [plan("developer_leverage", "2026-04", 1000)],
    );
    expect(lines.developer_leverage).toEqual({ months: [1000, null, null], total: null });
    expect(total).toEqual({ months: [1000, null, null], total: null });
  });

  test("is none of both lines together while one of them costs something unplanned", () => {
    const costs = [cost("developer_leverage", "2026-04", 900), cost("product_running", "2026-04", 1)];
    const { total } = budgeted(costs, [plan("developer_leverage", "2026-04", 1000)]);
    expect(total.months[0]).toBeNull();
  });

  test("of both lines is used up by what is unclassified too", () => {
    const costs = [cost("unclassified", "2026-04", 50), cost("unclassified", "2026-05", 50)];
    const { total } = budgeted(costs, [plan("developer_leverage", "2026-04", 1000)]);
    // April has a plan for what it cost; May has none at all.
    expect(total).toEqual({ months: [1000, null, null], total: null });
  });

  test("may be nothing, which is not the same as no budget", () => {
    const { lines } = budgeted([], [plan("product_running", "2026-04", 0)]);
    expect(lines.product_running).toEqual({ months: [0, null, null], total: 0 });
  });
});
