"use client";

import { useToday } from "@/components/ui/reader";
import { TypedControl, type TypedControlProps } from "@/components/ui/typed-control";
import type { Period } from "@/lib/domain/period";
import { parseTypedPeriod, typedPeriodText } from "@/lib/domain/typed-period";

/** A period as people type it: "oct", "16 oct to 31 oct". */
export function PeriodInput(props: TypedControlProps<Period>) {
  const today = useToday();
  return <TypedControl {...props} parse={(text) => parseTypedPeriod(text, today)} show={typedPeriodText} />;
}
