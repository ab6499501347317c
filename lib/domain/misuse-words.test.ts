import { expect, test } from "vitest";

import { MISUSE_RULES } from "./misuse-rules";
import { RULE_LOOKS, RULE_NAMES, RULE_TEXTS, thresholdLabel } from "./misuse-words";

test("the words are of risks and plans: no rule blames anybody", () => {
  const words = [RULE_NAMES, RULE_LOOKS, RULE_TEXTS].flatMap((texts) => Object.values(texts));
  for (const text of words) expect(text).not.toMatch(/violat|abus|misus|wrong|fault|blame|\byou(r|rs)?\b/i);
});

test("each threshold says what it asks for", () => {
  for (const { id, thresholds } of MISUSE_RULES) {
    const labels = thresholds.map(({ unit }) => thresholdLabel(id, unit, "USD"));
    expect(new Set(labels).size).toBe(thresholds.length);
  }
});
