"use client";

import { useRouter } from "next/navigation";

import { SERIES_MAX, SeriesLegend } from "@/components/charts/series-legend";
import { StackChart } from "@/components/charts/stack-chart";
import { useMonthHref } from "@/components/shell/period";
import type { Measure } from "@/components/usage/measures";
import { GROUP_NAMES, groupText, tokensText } from "@/components/usage/usage-words";
import { dateText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import type { UsageReport } from "@/lib/usage/schema";

type UsagePictureProps = {
  readonly report: UsageReport;
  readonly measure: Measure;
  readonly month: Month;
};

/** The days of the month, or twelve months by what is grouped; the table below says the same in figures. */
export function UsagePicture({ report, measure, month }: UsagePictureProps) {
  const router = useRouter();
  const href = useMonthHref();
  const { periods, groupBy } = report;
  const byDay = groupBy === "day";
  const series = byDay
    ? [{ name: measure.name, values: measure.values(report.total.trend) }]
    : parts(report, measure);
  const [first = "", last = ""] = [periods[0], periods.at(-1)].map((period = "") =>
    byDay ? dateText(period) : monthText(period),
  );
  return (
    <div className="flex flex-col gap-2 px-4 pb-3">
      <p className="text-muted text-small">{measure.name}</p>
      {!byDay && <SeriesLegend series={series} />}
      <StackChart
        label={`${measure.name} by ${byDay ? "day" : `month and ${GROUP_NAMES[groupBy].toLowerCase()}`}, ${first} to ${last}. The table below has the figures.`}
        periods={periods}
        series={series}
        shown={month}
        text={measure.text}
        axisText={tokensText}
        onSelect={byDay ? undefined : (selected) => router.push(href(selected), { scroll: false })}
      />
    </div>
  );
}

/** The largest groups by name, the others together. */
function parts({ groups, groupBy, total }: UsageReport, measure: Measure) {
  const all = groups
    .map((group) => ({ name: groupText(group, groupBy), values: measure.values(group.trend) }))
    .filter(({ values }) => values.some((value) => value !== 0))
    .sort((a, b) => sum(b.values) - sum(a.values));
  const apart = all.slice(0, all.length > SERIES_MAX + 1 ? SERIES_MAX : SERIES_MAX + 1);
  const rest = measure.values(total.trend).map((value, index) => {
    const left = value - sum(apart.map(({ values }) => values[index] ?? 0));
    // Sums of doubles, for drawing only: less than a thousandth is nothing.
    return Math.abs(left) < 0.001 ? 0 : left;
  });
  return rest.some((value) => value !== 0)
    ? [...apart, { name: "all others", values: rest, rest: true }]
    : apart;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
