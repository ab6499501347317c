import { expect, test } from "vitest";

import { money } from "./money";
import {
  calendarDays,
  changeText,
  costText,
  noticeText,
  type RenewalWords,
  seatsText,
} from "./renewal-words";

const usd = (minor: number) => money(minor, "USD");
const WORDS: RenewalWords = {
  ...{ name: "Claude Team", serviceProvider: "Anthropic", renewsOn: "2027-03-08", cancelBy: "2027-02-06" },
  ...{ noticeDays: 30, billingInterval: "year", intervals: 1, costs: [usd(240_000)] },
  seats: [
    { plan: "Standard", seats: 10, unitPrice: usd(24_000), before: usd(21_000), listedOn: "2027-01-01" },
  ],
};

test("a renewal says what is bought anew, for how much, and why it costs more", () => {
  expect(seatsText(WORDS, "en")).toBe("10 seats of Standard at 240.00\u00a0USD a year");
  expect(costText(WORDS, "en")).toBe("2,400.00\u00a0USD");
  expect(costText({ ...WORDS, billingInterval: "month", intervals: 12, costs: [usd(20_000)] }, "en")).toBe(
    "2,400.00\u00a0USD (12 times 200.00\u00a0USD a month)",
  );
  expect(changeText(WORDS, "en")).toBe(
    "Standard goes from 210.00 to 240.00, as the list asks from 1 Jan 2027 on.",
  );
  expect(noticeText({ noticeDays: null })).toBe("no notice is stated, so the day before");
});

test("a calendar has the day and the last day to act", () => {
  expect(calendarDays(WORDS, "id", "en").map(({ id, date, title }) => [id, date, title])).toEqual([
    ["id-2027-03-08-act", "2027-02-06", "Last day to change Claude Team"],
    ["id-2027-03-08", "2027-03-08", "Claude Team renews"],
  ]);
  expect(calendarDays(WORDS, "id", "en")[0]?.text).toBe(
    "It renews on 8 Mar 2027: 30 days' notice.\n10 seats of Standard at 240.00\u00a0USD a year\n2,400.00\u00a0USD\nStandard goes from 210.00 to 240.00, as the list asks from 1 Jan 2027 on.",
  );
});
