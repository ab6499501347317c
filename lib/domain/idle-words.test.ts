import { expect, test } from "vitest";

import { idleText } from "./idle-words";
import { money } from "./money";

const WORDS = {
  subscription: { name: "Claude Team" },
  plan: { name: "Standard" },
  idle: 2,
  unassigned: 1,
  reassignable: money(7_500, "USD"),
  reducible: money(5_000, "USD"),
  renewsOn: "2026-12-09",
  actBy: "2026-12-02",
};

test("says how many, and what can be done until when", () => {
  expect(idleText(WORDS, "en")).toEqual({
    title: "Claude Team (Standard): 2 idle seats, 1 unassigned",
    text: "75.00 of it somebody else could have today. The renewal on 9 Dec 2026 can cost 50.00 a month less, if it is changed by 2 Dec 2026.",
  });
});

test("leaves out what is not so, and what may not be shown", () => {
  const none = { ...WORDS, idle: null, reassignable: null, reducible: null, renewsOn: null, actBy: null };
  expect(idleText(none, "en")).toEqual({
    title: "Claude Team (Standard): 1 unassigned seat",
    text: "They are paid for, and nobody is known to use them.",
  });
  expect(idleText({ ...none, unassigned: 0, plan: { name: "Claude Team" } }, "en").title).toBe(
    "Claude Team: seats without use",
  );
});
