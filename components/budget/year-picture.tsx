"use client";

import { useRouter } from "next/navigation";

import { ChartLegend } from "@/components/charts/chart-legend";
import { MonthChart } from "@/components/charts/month-chart";
import type { ChartAmount, MonthColumn } from "@/components/charts/month-column";
import { useMonthHref } from "@/components/shell/period";
import { Card } from "@/components/ui/card";
import { useLocale, useToday } from "@/components/ui/reader";
import type { Budget } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { moneyText } from "@/lib/domain/money-text";
import { type Month, monthOf } from "@/lib/domain/month";

type YearPictureProps = {
  readonly title: string;
  readonly budget: Budget;
  readonly month: Month;
};

/** The period as one picture, what is expected outlined and the budget a line; the table below says the same in figures. */
export function YearPicture({ title, budget, month }: YearPictureProps) {
  const locale = useLocale();
  const router = useRouter();
  const href = useMonthHref();
  const columns = columnsOf(budget, monthOf(useToday()));
  const some = (pick: (column: MonthColumn) => number) => columns.some((column) => pick(column) !== 0);
  const estimated = some((c) => c.leverage.estimated || c.product.estimated || c.unclassified.estimated);
  const forecast = some((c) => c.forecast?.leverage || c.forecast?.product || 0);
  const budgeted = columns.some((column) => column.budget !== undefined);
  const unclassified = some((c) => c.unclassified.billed || c.unclassified.estimated);

  return (
    <Card labelledBy="picture">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-1">
        <h2 id="picture" className="font-bold">
          {title}
        </h2>
        <ChartLegend
          keys={[
            "leverage",
            "product",
            ...(unclassified ? (["unclassified"] as const) : []),
            ...(estimated ? (["estimated"] as const) : []),
            ...(forecast ? (["forecast"] as const) : []),
            ...(budgeted ? (["budget"] as const) : []),
          ]}
        />
      </div>
      <MonthChart
        label={`Cost by month from ${monthText(budget.from)} to ${monthText(budget.to)}, ${moneyText(budget.total.total.actual, locale, { withCurrency: true })} in all. The table below has the figures.`}
        columns={columns}
        currency={budget.currency}
        locale={locale}
        month={month}
        onSelectMonth={(selected) => router.push(href(selected), { scroll: false })}
      />
    </Card>
  );
}

function columnsOf({ lines, total }: Budget, running: Month): MonthColumn[] {
  const figuresOf = (purpose: Purpose, index: number) =>
    lines.find((line) => line.purpose === purpose)?.months[index];
  const amountOf = (purpose: Purpose, index: number): ChartAmount => {
    const figures = figuresOf(purpose, index);
    return { billed: figures?.billed.minor ?? 0, estimated: figures?.estimated.minor ?? 0 };
  };
  const restOf = (purpose: Purpose, index: number): number => {
    const figures = figuresOf(purpose, index);
    return figures?.forecast ? Math.max(0, figures.forecast.minor - figures.actual.minor) : 0;
  };
  return total.months.map(({ month, budgeted }, index) => ({
    month,
    leverage: amountOf("developer_leverage", index),
    product: amountOf("product_running", index),
    unclassified: amountOf("unclassified", index),
    ...(month >= running && {
      forecast: {
        leverage: restOf("developer_leverage", index),
        product: restOf("product_running", index),
      },
    }),
    ...(budgeted && { budget: budgeted.minor }),
  }));
}
