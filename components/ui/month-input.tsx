"use client";

import { useToday } from "@/components/ui/reader";
import { TypedControl, type TypedControlProps } from "@/components/ui/typed-control";
import { monthText } from "@/lib/domain/date-text";
import { isMonth, type Month, monthOf, shiftMonth } from "@/lib/domain/month";
import { parseTypedMonth } from "@/lib/domain/typed-date";

/** A month as people type it: "oct", "10/2026", "next month". Arrow keys go to the month after or before. */
export function MonthInput(props: TypedControlProps<Month>) {
  const today = useToday();
  return (
    <TypedControl
      {...props}
      parse={(text) => parseTypedMonth(text, today)}
      show={monthText}
      step={(month, direction) => {
        const next = month === null ? monthOf(today) : shiftMonth(month, direction);
        return month === null || isMonth(next) ? next : month;
      }}
    />
  );
}
