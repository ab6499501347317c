"use client";

import { WorthChart } from "@/components/charts/worth-chart";
import { useLocale } from "@/components/ui/reader";
import type { BreakEvenDetail } from "@/lib/break-even/schema";
import { monthText } from "@/lib/domain/date-text";
import { money } from "@/lib/domain/money";
import { axisText, moneyText } from "@/lib/domain/money-text";

/** The flat price as a line across bars of what the use would have cost; the table below says the same in figures. */
export function BreakEvenPicture({ detail }: { readonly detail: BreakEvenDetail }) {
  const locale = useLocale();
  const { months, currency, subject } = detail;
  const onKeys = detail.person !== null && detail.person.seats.length === 0;
  const columns = months.map(({ month, apiEquivalent, onTop, metered, seatPrice }) => ({
    month,
    worth: (onKeys ? metered : apiEquivalent)?.minor ?? 0,
    spent: onKeys ? 0 : (onTop?.minor ?? 0),
    price: seatPrice && seatPrice.minor > 0 ? seatPrice.minor : null,
  }));
  const reached = columns.filter(({ price, worth }) => price !== null && worth >= price).length;
  const [first, last] = [months[0]?.month ?? "", months.at(-1)?.month ?? ""];
  return (
    <WorthChart
      label={`${subject.name}: API-equivalent by month and the price of the seats, ${monthText(first)} to ${monthText(last)}; break-even reached in ${reached} months. The table below has the figures.`}
      columns={columns}
      names={{
        worth: onKeys ? "spent on keys" : "API-equivalent, not spent",
        spent: "spent on top",
        price: "price of the seats",
      }}
      text={(minor) => moneyText(money(Math.round(minor), currency), locale)}
      axisText={(minor) => axisText(minor, currency, locale)}
    />
  );
}
