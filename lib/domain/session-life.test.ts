import { describe, expect, test } from "vitest";

import { endOf, FRESH_SECONDS, IDLE_SECONDS, isFresh, isOver, SESSION_SECONDS } from "./session-life";

const start = new Date("2026-11-25T09:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

describe("a session", () => {
  test("is over when it was left alone for twelve hours", () => {
    const life = { lastSeenAt: start, expiresAt: endOf(start) };
    expect(isOver(life, later(IDLE_SECONDS - 1))).toBe(false);
    expect(isOver(life, later(IDLE_SECONDS))).toBe(true);
  });

  test("is over later seven days, however busy it is", () => {
    const used = (seconds: number) => ({ lastSeenAt: later(seconds), expiresAt: endOf(start) });
    expect(isOver(used(SESSION_SECONDS - 1), later(SESSION_SECONDS - 1))).toBe(false);
    expect(isOver(used(SESSION_SECONDS), later(SESSION_SECONDS))).toBe(true);
  });
});

test("a proof is fresh for an hour", () => {
  expect(isFresh(start, start)).toBe(true);
  expect(isFresh(start, later(FRESH_SECONDS - 1))).toBe(true);
  expect(isFresh(start, later(FRESH_SECONDS))).toBe(false);
});
