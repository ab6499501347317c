import type { Place } from "@/components/shell/place-nav";

/** The parts of the advice, in the order in which they are asked for. */
export const ADVICE_PLACES: readonly Place[] = [
  { href: "/advice/break-even", label: "Break-even" },
  { href: "/advice/workloads", label: "Workloads" },
];
