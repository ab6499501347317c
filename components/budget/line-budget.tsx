"use client";

import { useLocale, useToday } from "@/components/ui/reader";
import type { BudgetFigures } from "@/lib/budget/schema";
import { type Money, money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { type Month, periodOfMonth } from "@/lib/domain/month";
import { paceOf } from "@/lib/domain/pace";

type LineBudgetProps = {
  readonly figures: BudgetFigures;
  readonly month: Month;
  /** The month is not over, so that its time passes beside its budget. */
  readonly running: boolean;
};

/** What the month's budget was, what is left of it in words, and how fast it is used; nothing where there is none. */
export function LineBudget({ figures, month, running }: LineBudgetProps) {
  const locale = useLocale();
  const today = useToday();
  const { budgeted, variance, actual } = figures;
  if (!budgeted || !variance) return null;
  const pace = paceOf(
    { budgetedMinor: budgeted.minor, actualMinor: actual.minor },
    periodOfMonth(month),
    today,
  );

  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
      <LeftText value={variance} strong />
      <span className="text-muted">
        of {moneyText(budgeted, locale)} budgeted
        {pace.usedPercent !== null && `, ${pace.usedPercent} % used`}
        {running && pace.passedPercent > 0 && `, ${pace.passedPercent} % of the month passed`}
      </span>
    </p>
  );
}

/** In words what is left of a budget, or by how much it is overspent. */
export function LeftText({ value, strong = false }: { readonly value: Money; readonly strong?: boolean }) {
  const locale = useLocale();
  const over = value.minor < 0;
  const amount = moneyText(money(Math.abs(value.minor), value.currency), locale);
  return (
    <span className={over ? (strong ? "font-bold text-danger" : "text-danger") : strong ? "font-bold" : ""}>
      {amount} {over ? "over" : "left"}
    </span>
  );
}
