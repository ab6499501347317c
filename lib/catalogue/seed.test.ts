import { describe, expect, test } from "vitest";

import { isCalendarDate } from "@/lib/domain/calendar-date";
import { CATALOGUE, TOOLS } from "./seed";

const plan = (name: string) => CATALOGUE.flatMap(({ plans }) => plans).find((each) => each.name === name)!;

describe("the catalogue", () => {
  test.each([
    ["Claude Pro", "month", 2000],
    ["Claude Pro", "year", 20000],
    ["Claude Team Standard", "month", 2500],
    ["Claude Team Standard", "year", 24000],
    ["Claude Team Premium", "year", 120000],
    ["Cursor Teams Standard", "month", 4000],
    ["Copilot Business", "month", 1900],
    ["ChatGPT Business Standard", "month", 2500],
    ["Google AI Plus", "month", 499],
  ])("%s a %s costs %d cents", (name, interval, minor) => {
    expect(plan(name).prices.find((each) => each.billingInterval === interval)?.unitPriceMinor).toBe(minor);
  });

  test("Claude Team starts at five seats, ChatGPT Business at two", () => {
    expect([
      plan("Claude Team Standard").minimumSeats,
      plan("ChatGPT Business Premium").minimumSeats,
    ]).toEqual([5, 2]);
  });

  test("every name is there once, every price has a day and a source", () => {
    const names = CATALOGUE.flatMap(({ plans }) => plans.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    for (const { prices } of CATALOGUE.flatMap(({ plans }) => plans)) {
      for (const { startsOn, source } of prices) {
        expect(isCalendarDate(startsOn)).toBe(true);
        expect(source.length).toBeGreaterThan(5);
      }
    }
  });

  test("Cline burns a key, Claude Code does either", () => {
    expect(TOOLS.find(({ name }) => name === "Cline")).toMatchObject({ ridesSeat: false, burnsKey: true });
    expect(TOOLS.find(({ name }) => name === "Claude Code")).toMatchObject({
      ridesSeat: true,
      burnsKey: true,
    });
  });
});
