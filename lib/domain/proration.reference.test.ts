import { expect, test } from "vitest";

import { expectedCharges } from "./expected-charges";
import type { BillingInterval, ProrationRule } from "./facts";

// Every day of ten years on which a seat can be added, against a reference that knows no more than the calendar of the
// machine: it walks from the anchor cycle by cycle, counts the days one by one in milliseconds, and rounds a fraction by
// comparing it with a half (security row M12).

const DAY_MS = 86_400_000;
const PRICE = 2_999;
const DAYS = Array.from({ length: 3_653 }, (_, index) => textOf(Date.UTC(2023, 0, 1) + index * DAY_MS));

function textOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

const msOf = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** So many months after the anchor, on its day or the last one of a shorter month. */
function after(anchor: string, months: number): number {
  const [year = 0, month = 0, day = 0] = anchor.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, last));
}

function cycleOf(anchor: string, day: string, months: number): { start: number; end: number } {
  let count = 0;
  while (after(anchor, count + months) <= msOf(day)) count += months;
  return { start: after(anchor, count), end: after(anchor, count + months) };
}

function halfEven(dividend: number, divisor: number): number {
  const floor = Math.floor(dividend / divisor);
  const rest = dividend - floor * divisor;
  if (rest * 2 === divisor) return floor % 2 === 0 ? floor : floor + 1;
  return rest * 2 > divisor ? floor + 1 : floor;
}

/** What adding three seats to two on a day costs beside the cycle itself; null on the day on which one begins. */
function reference(rule: ProrationRule, anchor: string, day: string, months: number): string | null {
  const calendar = rule === "calendar_month";
  const { start, end } = calendar ? cycleOf(`${anchor.slice(0, 8)}01`, day, 1) : cycleOf(anchor, day, months);
  if (start === msOf(day)) return null;
  const whole = PRICE * 3;
  const part = (end - msOf(day)) / DAY_MS;
  const amount = rule === "prorated" ? halfEven(whole * part, (end - start) / DAY_MS) : whole;
  return `${day}/${textOf(end)} 3 ${amount}`;
}

function additionOn(
  rule: ProrationRule,
  anchor: string,
  day: string,
  interval: BillingInterval,
): string | null {
  const first = cycleOf(anchor, day, interval === "year" ? 12 : 1).start;
  const startsOn = rule === "calendar_month" ? `${day.slice(0, 8)}01` : textOf(first);
  const term = { planId: "p", unitPriceMinor: PRICE, currency: "USD" };
  const contract = {
    terms: [
      { ...term, startsOn, seats: 2 },
      ...(startsOn === day ? [] : [{ ...term, startsOn: day, seats: 5 }]),
    ],
    billingAnchor: anchor,
    billingInterval: interval,
    endsOn: null,
  };
  const rows = expectedCharges(contract, new Map([["p", rule]]), textOf(msOf(day) + DAY_MS));
  const found = rows.filter(({ kind, period }) => kind === "addition" && period.start === day);
  expect(found.length).toBeLessThanOrEqual(1);
  const [row] = found;
  return row ? `${row.period.start}/${row.period.end} ${row.seats} ${row.amountMinor}` : null;
}

test.each([
  ["prorated", "2022-12-01", "month", 1],
  ["prorated", "2022-12-31", "month", 1],
  ["prorated", "2022-10-30", "month", 1],
  ["prorated", "2020-02-29", "year", 12],
  ["prorated", "2022-03-08", "year", 12],
  ["full_cycle", "2022-12-31", "month", 1],
  ["calendar_month", "2022-12-01", "month", 1],
] satisfies [ProrationRule, string, BillingInterval, number][])(
  "%s from %s, every %s: what a seat added on any day of 2023 to 2032 costs",
  (rule, anchor, interval, months) => {
    const differing = DAYS.flatMap((day) => {
      const [ours, theirs] = [additionOn(rule, anchor, day, interval), reference(rule, anchor, day, months)];
      return ours === theirs ? [] : [{ day, ours, theirs }];
    });
    expect(differing).toEqual([]);
  },
);
