import { describe, expect, test } from "vitest";

import { type AdviceWords, reasonText, turnText, verdictsText } from "./break-even-words";
import { money } from "./money";

const usd = (minor: number) => money(minor, "USD");
const words = (changes: Partial<AdviceWords>): AdviceWords => ({
  ...{ verdict: "keep", doubt: null, plan: null, saving: null, activeDays: 21 },
  ...{ seatPrice: usd(10_000), apiEquivalent: usd(12_013), onTop: usd(0), metered: usd(0) },
  ...{ turnsAtDays: 18, turnsAt: null },
  ...changes,
});

describe("advice in words", () => {
  test.each([
    [
      words({}),
      "The seat costs 100.00 a month, the same use on the API would cost 120.13.",
      "Stays right down to 18 active days a month.",
    ],
    [
      words({ onTop: usd(7_500), turnsAt: usd(7_500) }),
      "75.00 a month are charged on top of the seat, no more than a dearer plan costs more.",
      "A dearer plan pays from more than 75.00 a month on top.",
    ],
    [
      words({
        verdict: "upgrade",
        onTop: usd(9_000),
        plan: "Claude Max",
        turnsAt: usd(7_500),
        saving: usd(1_500),
      }),
      "90.00 a month are charged on top of the seat; Claude Max costs 75.00 more.",
      "Stays right while more than 75.00 a month are charged on top.",
    ],
    [
      words({
        verdict: "downgrade",
        apiEquivalent: usd(8_790),
        plan: "Pro",
        saving: usd(8_000),
        turnsAt: usd(8_000),
      }),
      "The seat costs 100.00 a month, the same use on the API would cost 87.90. Pro costs 80.00 less, for as long as its limits are enough.",
      "Turns from 18 active days a month on, or when 80.00 a month are charged on top of the smaller plan.",
    ],
    [
      words({ verdict: "move_to_api", apiEquivalent: usd(675), turnsAtDays: 54 }),
      "The seat costs 100.00 a month, the same use on the API would cost 6.75. That is less than any plan.",
      "At this use a day no month has days enough for a seat to pay.",
    ],
    [
      words({ verdict: "take_seat", metered: usd(15_000), plan: "Claude Max", turnsAt: usd(10_000) }),
      "150.00 a month were spent on keys; Claude Max costs 100.00, if its limits are enough.",
      "Stays right while more than 100.00 a month are spent on keys.",
    ],
    [
      words({ verdict: "not_enough_data", doubt: "few_days", activeDays: 13 }),
      "13 days with use; a verdict needs 14.",
      "",
    ],
  ])("says why, and what would change it", (of, reason, turn) => {
    expect(reasonText(of, "en")).toBe(reason);
    expect(turnText(of, "en")).toBe(turn);
  });

  test("counts verdicts", () => {
    expect(verdictsText({ keep: 1, move_to_api: 3 })).toBe("3 move to API, 1 keep");
  });
});
