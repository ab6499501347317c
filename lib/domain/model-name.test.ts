import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { canonicalModel, isModelName } from "./model-name";

describe("canonicalModel", () => {
  test.each([
    ["claude-opus-4-5-20251101", "claude-opus-4-5"],
    ["Claude Opus 4.5", "claude-opus-4-5"],
    ["claude-opus-4.5", "claude-opus-4-5"],
    ["Opus 4.5", "claude-opus-4-5"],
    ["anthropic/claude-opus-4.5", "claude-opus-4-5"],
    ["claude-opus-4-5@20251101", "claude-opus-4-5"],
    ["anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5"],
    ["us.anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5"],
    ["jp.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"],
    ["claude-3-5-haiku-20241022", "claude-haiku-3-5"],
    ["claude-3.5-haiku-latest", "claude-haiku-3-5"],
    ["Claude Haiku 3.5", "claude-haiku-3-5"],
    ["claude-3-opus-20240229", "claude-opus-3"],
    ["claude-opus-4-20250514", "claude-opus-4"],
    ["claude-opus-4-0", "claude-opus-4"],
    ["claude-4-opus", "claude-opus-4"],
    ["claude-4.0-opus", "claude-opus-4"],
    ["claude-opus-4-1", "claude-opus-4-1"],
    ["claude-sonnet-5-5", "claude-sonnet-5-5"],
    ["Claude Fable 5.1", "claude-fable-5-1"],
    ["gpt-4o-2024-08-06", "gpt-4o"],
    ["GPT-5.1", "gpt-5.1"],
    ["openai/gpt-5.1-codex", "gpt-5.1-codex"],
    ["gpt-3.5-turbo-0613", "gpt-3.5-turbo-0613"],
    ["Gemini 2.5 Pro", "gemini-2.5-pro"],
    ["models/gemini-2.5-pro", "gemini-2.5-pro"],
    ["my own_model", "my-own-model"],
    ["", ""],
  ])("%s is %s", (name, model) => {
    expect(canonicalModel(name)).toBe(model);
  });

  test("keeps what it made, however often it is asked", () => {
    const part = fc.constantFrom(
      "claude",
      "opus",
      "haiku",
      "gpt",
      "4",
      "5",
      "0",
      "20251101",
      "2024-08-06",
      "v1:0",
      "latest",
    );
    const name = fc
      .array(fc.tuple(part, fc.constantFrom("-", ".", " ", "@", "")), { maxLength: 6 })
      .map((parts) => parts.flat().join(""));
    fc.assert(
      fc.property(name, (text) => {
        const model = canonicalModel(text);
        expect(canonicalModel(model)).toBe(model);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("isModelName", () => {
  test.each([
    "claude-opus-4-5",
    "gpt-5.1",
    "o3",
    "llama-3:70b",
    "a/b@c",
    "modèle-1",
    "my-model-(prod)",
    "m[1m]",
  ])("%s is one", (name) => {
    expect(isModelName(name)).toBe(true);
  });

  test.each(["", "-a", "=1+1", "a,b", "a b", "a;b", "'a", "x".repeat(101)])("%j is none", (name) => {
    expect(isModelName(name)).toBe(false);
  });
});
