import { SmallBars } from "@/components/charts/small-bars";
import { NotApplicable } from "@/components/ui/amount";
import { Cell } from "@/components/ui/table";
import { changeText, type Measure } from "@/components/usage/measures";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import type { UsageReport, UsageTrend } from "@/lib/usage/schema";

type TrendCellProps = {
  readonly name: string;
  readonly trend: UsageTrend;
  /** For each period, whether a part of it is kept out. */
  readonly partial?: readonly boolean[];
  readonly report: UsageReport;
  readonly measure: Measure;
};

/** Twelve months of a row as small bars, and in words how the last one compares with the one before. */
export function TrendCell({ name, trend, partial = [], report: { periods }, measure }: TrendCellProps) {
  const values = measure.values(trend);
  const [before = "", last = ""] = periods.slice(-2);
  if (values.every((value) => value === 0)) {
    return (
      <Cell>
        <NotApplicable />
      </Cell>
    );
  }
  const change = changeText(
    { now: values.at(-1) ?? 0, before: values.at(-2) ?? 0, beforeName: monthShortText(before) },
    measure.text,
  );
  const figures = periods
    .map((period, index) => `${monthText(period)} ${measure.text(values[index] ?? 0)}`)
    .join(", ");
  return (
    <Cell className="font-normal text-muted text-small">
      <span className="flex items-center gap-2.5 whitespace-nowrap">
        <SmallBars
          label={`${name}, ${measure.name}, twelve months to ${monthText(last)}: ${figures}`}
          tone="neutral"
          bars={values.map((value) => ({ value, state: "billed" }))}
          className="h-5 w-20 shrink-0"
        />
        {partial.slice(-2).some(Boolean) ? `not to be compared with ${monthShortText(before)}` : change}
      </span>
    </Cell>
  );
}
