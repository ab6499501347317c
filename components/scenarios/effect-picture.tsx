"use client";

import { BesideChart } from "@/components/charts/beside-chart";
import { useLocale } from "@/components/ui/reader";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { money } from "@/lib/domain/money";
import { axisText, moneyText } from "@/lib/domain/money-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Effects } from "@/lib/scenarios/schema";

const LINES = {
  developer_leverage: "leverage",
  product_running: "product",
  unclassified: "unclassified",
} as const satisfies Record<Purpose, string>;

type EffectPictureProps = { readonly effects: Effects; readonly purpose: Purpose };

/** A line by month: the forecast in grey, each scenario beside it; the table below says the same in figures. */
export function EffectPicture({
  effects: { effects, forecast, currency, from, to },
  purpose,
}: EffectPictureProps) {
  const locale = useLocale();
  const base = forecast.find((line) => line.purpose === purpose);
  const months = (base?.months ?? []).map(({ month }) => month);
  return (
    <BesideChart
      label={`${PURPOSE_NAMES[purpose]} by month, ${monthText(from)} to ${monthText(to)}: the forecast and ${effects.map(({ scenario }) => scenario.name).join(", ")}. The table below has the figures.`}
      months={months}
      base={{ name: "forecast", values: (base?.months ?? []).map((month) => month.forecast?.minor ?? 0) }}
      others={effects.map(({ scenario, lines }) => ({
        name: scenario.name,
        values: (lines.find((line) => line.purpose === purpose)?.months ?? []).map(
          (month) => month.scenario?.minor ?? 0,
        ),
      }))}
      line={LINES[purpose]}
      text={(minor) => moneyText(money(minor, currency), locale)}
      axisText={(minor) => axisText(minor, currency, locale)}
    />
  );
}
