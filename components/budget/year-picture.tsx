"use client";

import { useRouter } from "next/navigation";

import { ChartLegend } from "@/components/charts/chart-legend";
import { MonthChart } from "@/components/charts/month-chart";
import type { ChartAmount, MonthColumn } from "@/components/charts/month-column";
import { useMonthHref } from "@/components/shell/period";
import { Card } from "@/components/ui/card";
import { useLocale } from "@/components/ui/reader";
import type { Budget } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { moneyText } from "@/lib/domain/money-text";
import type { Month } from "@/lib/domain/month";

/** The twelve months as one picture; the table below says the same in figures. */
export function YearPicture({ budget, month }: { readonly budget: Budget; readonly month: Month }) {
  const locale = useLocale();
  const router = useRouter();
  const href = useMonthHref();
  const columns = columnsOf(budget);
  const some = (pick: (column: MonthColumn) => number) => columns.some((column) => pick(column) !== 0);
  const estimated = some((c) => c.leverage.estimated || c.product.estimated || c.unclassified.estimated);
  const unclassified = some((c) => c.unclassified.billed || c.unclassified.estimated);

  return (
    <Card labelledBy="picture">
      <div className="mb-3 flex flex-wrap items-center gap-x-5 gap-y-1">
        <h2 id="picture" className="font-bold">
          Twelve months
        </h2>
        <ChartLegend
          keys={[
            "leverage",
            "product",
            ...(unclassified ? (["unclassified"] as const) : []),
            ...(estimated ? (["estimated"] as const) : []),
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

function columnsOf({ lines, total }: Budget): MonthColumn[] {
  const amountOf = (purpose: Purpose, index: number): ChartAmount => {
    const figures = lines.find((line) => line.purpose === purpose)?.months[index];
    return { billed: figures?.billed.minor ?? 0, estimated: figures?.estimated.minor ?? 0 };
  };
  return total.months.map(({ month }, index) => ({
    month,
    leverage: amountOf("developer_leverage", index),
    product: amountOf("product_running", index),
    unclassified: amountOf("unclassified", index),
  }));
}
