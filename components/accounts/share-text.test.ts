import { describe, expect, test } from "vitest";

import { basisPointsOf, shareText } from "@/components/accounts/share-text";

describe("basisPointsOf", () => {
  test.each([
    ["60", 6_000],
    ["33,33 %", 3_333],
    ["0.5%", 50],
    [" 100 ", 10_000],
  ])("reads %s", (text, basisPoints) => expect(basisPointsOf(text)).toBe(basisPoints));
  test.each(["", "-1", "1e2", "sixty", "33.333"])("refuses %j", (text) =>
    expect(basisPointsOf(text)).toBeNaN(),
  );
});

test("shareText says the percent only of a part", () => {
  const share = {
    basisPoints: 10_000,
    purpose: "product_running" as const,
    team: null,
    product: null,
    member: null,
  };
  expect(shareText({ ...share, team: { id: "1", name: "Growth" } })).toBe("Product running, Growth");
  expect(shareText({ ...share, basisPoints: 4_050 })).toBe("40.5 % Product running");
});
