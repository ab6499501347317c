import { z } from "zod";

import { IDLE_DAYS, type SeatState } from "@/lib/domain/idle-seats";
import type { Money } from "@/lib/domain/money";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import { dateField, idField, type Named, pageFields, priceField } from "@/lib/fields/schema";

const DAYS = "Use a number of days from 7 to 180.";

export const idleFilter = z.strictObject({
  ...pageFields,
  /** Without use for so many days a seat counts as idle. */
  days: z.coerce.number(DAYS).int(DAYS).min(7, DAYS).max(180, DAYS).default(IDLE_DAYS),
});
export type IdleFilter = z.output<typeof idleFilter>;

/** From a renewal on fewer seats of a plan, and the seats that end with it. */
export const reductionInput = z.strictObject({
  subscriptionId: idField,
  planId: idField,
  startsOn: dateField,
  seats: z
    .int("Use a whole number.")
    .min(0, "Seats are not negative.")
    .max(100_000, "Use at most 100,000 seats."),
  unitPrice: priceField,
  endAssignmentIds: z.array(idField).max(500, "End at most 500 seats at once.").default([]),
});
export type ReductionInput = z.output<typeof reductionInput>;

/** A held seat that is not known to be used. */
export type QuietSeat = {
  readonly assignmentId: string;
  readonly version: number;
  readonly member: Named;
  readonly heldFrom: string;
  readonly state: Exclude<SeatState, "used">;
  readonly lastUsedOn: string | null;
};

/** The seats of one plan of a contract. Amounts are a month's in the books' currency, null without a rate. */
export type IdleRow = {
  readonly subscription: Named;
  readonly serviceProvider: Named;
  readonly team: Named;
  readonly plan: Named;
  readonly bought: number;
  readonly held: number;
  readonly minimumSeats: number;
  readonly price: Money | null;
  /** Null where the organization does not show what so few people used. */
  readonly idle: number | null;
  readonly unknown: number | null;
  readonly unassigned: number;
  readonly exposed: Money | null;
  readonly reassignable: Money | null;
  readonly reducible: Money | null;
  /** How many seats the next renewal can leave out. */
  readonly reducibleSeats: number;
  /** The next renewal that can still be made smaller, and the last day to say so; null: nothing renews. */
  readonly renewsOn: string | null;
  readonly actBy: string | null;
  /** Per seat and billing interval, then. */
  readonly renewalPrice: Money | null;
  /** Up to when everybody's use of the provider is known; null: nobody told. */
  readonly knownUntil: string | null;
  /** Those whom the reader may know, at most 200. */
  readonly seats: readonly QuietSeat[];
};

export type IdleSeats = {
  readonly today: string;
  readonly days: number;
  readonly currency: string;
  readonly personAnalysis: PersonAnalysis;
  readonly minimumGroupSize: number;
  /** Of all contracts that the reader sees, people who are not shown apart included. */
  readonly exposed: Money;
  readonly reassignable: Money;
  readonly reducible: Money;
  readonly unknown: Money;
  readonly unknownSeats: number;
  /** Contracts whose price has no exchange rate, so that the sums leave them out. */
  readonly withoutRate: number;
  /** The most exposed first. */
  readonly data: readonly IdleRow[];
  readonly nextCursor: string | null;
};
