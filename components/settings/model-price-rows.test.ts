import { describe, expect, test } from "vitest";

import type { ModelPriceRow } from "@/lib/model-prices/schema";

import { groupPrices, priceText, startText } from "./model-price-rows";

let made = 0;
const aPrice = (model: string, startsOn: string, changes: Partial<ModelPriceRow> = {}): ModelPriceRow => ({
  id: String(made++),
  serviceProvider: { id: "a", name: "Anthropic" },
  model,
  serviceTier: "standard",
  startsOn,
  currency: "USD",
  perMillion: {
    uncachedInput: "5",
    cacheRead: "0.5",
    cacheWrite5m: "6.25",
    cacheWrite1h: "10",
    output: "25",
  },
  source: "price page",
  asOf: "2026-11-01",
  ...changes,
});

const OPENAI = { serviceProvider: { id: "o", name: "OpenAI" } };
const PRICES = [
  aPrice("gpt-10", "2026-01-01", OPENAI),
  aPrice("gpt-9", "2026-01-01", OPENAI),
  aPrice("opus", "2026-01-01"),
  aPrice("opus", "2027-01-01"),
  aPrice("opus", "2026-06-01"),
  aPrice("opus", "2026-06-01", { serviceTier: "fast" }),
  aPrice("haiku", "2027-01-01"),
];
const grouped = (text = "") =>
  groupPrices(PRICES, { today: "2026-11-23", text }).map(({ provider, models }) => [
    provider.name,
    models.map(({ key, shown, inForce, others }) => [
      key,
      shown.startsOn,
      inForce,
      others.map(({ startsOn }) => startsOn),
    ]),
  ]);

describe("groupPrices", () => {
  test("shows of each model and tier the price in force, or else the one to come", () => {
    expect(grouped()).toEqual([
      [
        "Anthropic",
        [
          ["haiku standard", "2027-01-01", false, []],
          ["opus fast", "2026-06-01", true, []],
          ["opus standard", "2026-06-01", true, ["2027-01-01", "2026-01-01"]],
        ],
      ],
      [
        "OpenAI",
        [
          ["gpt-9 standard", "2026-01-01", true, []],
          ["gpt-10 standard", "2026-01-01", true, []],
        ],
      ],
    ]);
  });

  test.each([
    ["OPUS  fast", [["Anthropic", 1]]],
    ["openai 9", [["OpenAI", 1]]],
    [
      " ",
      [
        ["Anthropic", 3],
        ["OpenAI", 2],
      ],
    ],
    ["nothing", []],
  ])("finds by %j", (text, counts) => {
    const found = groupPrices(PRICES, { today: "2026-11-23", text });
    expect(found.map(({ provider, models }) => [provider.name, models.length])).toEqual(counts);
  });
});

test.each([
  ["5", "en", "5.00"],
  ["0.0125", "en", "0.0125"],
  ["1234.5", "de-DE", "1.234,50"],
  ["0.000000001", "en", "0.000000001"],
])("%s reads as a price in %s", (perMillion, locale, text) => {
  expect(priceText(perMillion, locale)).toBe(text);
});

test("a price without a first day says so", () => {
  expect([startText("2000-01-01"), startText("2026-10-07")]).toEqual(["the beginning", "7 Oct 2026"]);
});
