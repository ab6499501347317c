import type { BillingInterval } from "@/lib/domain/facts";

export const PER_INTERVAL = { month: "a month", year: "a year" } as const satisfies Record<
  BillingInterval,
  string
>;

/** "7 of 10 held" */
export function heldText(held: number, seats: number): string {
  return `${held} of ${seats} held`;
}
