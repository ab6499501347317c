import { describe, expect, test } from "vitest";

import { landingText, limitText, maximumText, methodText } from "./forecast-words";
import { money } from "./money";

const usd = (minor: number) => money(minor, "USD");
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("the forecast in words", () => {
  test("says where something lands, and between what and what", () => {
    const range = { low: usd(1_190_000), high: usd(1_290_000) };
    expect(plain(landingText(usd(1_234_000), range, "en"))).toBe(
      "lands at 12,340.00 USD, 80 % between 11,900.00 and 12,900.00",
    );
    expect(plain(landingText(usd(1_234_000), null, "de"))).toBe("lands at 12.340,00 USD");
  });

  const method = {
    history: "usage",
    historyDays: 90,
    knownUntil: "2026-11-24",
    method: "seasonal_naive",
    errorPercent: 12.34,
    testedDays: 7,
    laterMethod: "seasonal_naive",
  } as const;

  test("says by which method, and how far that was off", () => {
    expect(methodText(method)).toBe(
      "From 90 days of use, known to 23 Nov 2026. Follows the same weekday of the week before, which came closest on this account's own past: its totals of 7 days were off by 12 % of what came.",
    );
    expect(methodText({ ...method, errorPercent: 3.21, laterMethod: "damped_trend" })).toContain(
      "off by 3.2 % of what came. Later months follow the trend of whole weeks, fading, which did best over longer spans.",
    );
    expect(methodText({ ...method, history: "charges", errorPercent: null })).toContain(
      "From 90 days of charges, spread evenly over their days",
    );
  });

  test("says of a history of 13 days that it is short", () => {
    expect(methodText({ ...method, historyDays: 13, errorPercent: null, testedDays: null })).toBe(
      "From 13 days of use, known to 23 Nov 2026. These are fewer than 14 days, so their mean is taken, and nothing tells yet how far off it is.",
    );
  });

  test("names the day on which a limit stops an account, or stopped it", () => {
    const limit = {
      month: "2026-11",
      today: "2026-11-24",
      limit: usd(8_000),
      forecast: usd(9_000),
      left: usd(-1_000),
    };
    expect(plain(limitText({ ...limit, reachedOn: "2026-11-27" }, "en"))).toBe(
      "November 2026 comes to 90.00 of 80.00 USD, 10.00 too much. The limit is reached on 27 Nov 2026; the provider stops the account there.",
    );
    expect(limitText({ ...limit, reachedOn: "2026-11-20" }, "en")).toContain(
      "The limit was reached on 20 Nov 2026",
    );
    expect(
      plain(limitText({ ...limit, forecast: usd(7_000), left: usd(1_000), reachedOn: null }, "en")),
    ).toBe("November 2026 comes to 70.00 of 80.00 USD, which leaves 10.00.");
  });

  test("adds seats and limits to the most that can be billed, or says why there is no most", () => {
    // 400 seats at 19.00 are 7,600.00; with a limit of 5,000.00 that is 12,600.00.
    const bill = {
      committed: usd(760_000),
      spendLimits: usd(500_000),
      maximum: usd(1_260_000),
      unlimited: [],
    };
    expect(plain(maximumText(bill, "en"))).toBe(
      "At most 12,600.00 USD: 7,600.00 for seats and 5,000.00 of spend limits.",
    );
    expect(maximumText({ ...bill, maximum: null, unlimited: ["prod", "dev"] }, "en")).toBe(
      "No maximum: “prod” and 1 more have no spend limit. Beside that, 7,600.00 for seats and 5,000.00 of spend limits.",
    );
    const none = { committed: usd(0), spendLimits: usd(0), maximum: null, unlimited: ["prod"] };
    expect(maximumText(none, "en")).toBe("No maximum: “prod” has no spend limit.");
  });
});
