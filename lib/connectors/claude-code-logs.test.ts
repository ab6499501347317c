import { describe, expect, test } from "vitest";

import { ReplyCollection, repliesOf } from "./claude-code-logs";

type Changes = Readonly<Record<string, unknown>>;
const line = (id: string | null, usage: Changes, changes: Changes = {}) =>
  JSON.stringify({
    type: "assistant",
    timestamp: "2026-10-03T23:59:59.000Z",
    sessionId: "s",
    requestId: "r1",
    ...changes,
    message: { ...(id !== null && { id }), model: "claude-opus-4-5-20251101", role: "assistant", usage },
  });
const use = (output: number, more: Changes = {}) => ({ input_tokens: 10, output_tokens: output, ...more });

function read(...lines: string[]) {
  const collection = new ReplyCollection();
  const taken = lines.map((text) => collection.addLine(text));
  return { facts: repliesOf([collection.told()]), taken };
}
const outputs = (...lines: string[]) =>
  read(...lines)
    .facts.map(({ tokens }) => tokens.output)
    .sort((a, b) => a - b);

describe("a reply counts once", () => {
  test("when it is written several times while it streams: the line with most tokens", () => {
    expect(outputs(line("m1", use(2)), line("m1", use(400)), line("m1", use(3)))).toEqual([400]);
  });

  test("whatever the order of the lines", () => {
    expect(outputs(line("m1", use(400)), line("m1", use(2)))).toEqual([400]);
  });

  test("when a side chain repeats it under another request: the main chain's line", () => {
    const side = line("m1", use(900), { requestId: "r2", isSidechain: true });
    expect(outputs(line("m1", use(400)), side)).toEqual([400]);
    expect(outputs(side, line("m1", use(400)))).toEqual([400]);
  });

  test("and two requests of the main chain are two replies", () => {
    expect(outputs(line("m1", use(1)), line("m1", use(2), { requestId: "r2" }))).toEqual([1, 2]);
  });

  test("and lines without an id are all counted", () => {
    expect(outputs(line(null, use(1)), line(null, use(1)))).toEqual([1, 1]);
  });

  test("whichever part of a file tells it, and equal lines without an id are counted over all parts", () => {
    const parts = [
      [line("m1", use(2)), line(null, use(1))],
      [line("m1", use(400)), line(null, use(1)), line(null, use(1))],
    ].map((lines) => {
      const collection = new ReplyCollection();
      for (const text of lines) collection.addLine(text);
      return collection.told();
    });
    for (const order of [parts, parts.toReversed()]) {
      const replies = repliesOf(order);
      expect(replies.map(({ tokens }) => tokens.output).sort((a, b) => a - b)).toEqual([1, 1, 1, 400]);
      expect(new Set(replies.map(({ message }) => message)).size).toBe(4);
    }
  });

  test("and of equal lines the one that says its speed", () => {
    const { facts } = read(line("m1", use(5)), line("m1", use(5, { speed: "fast" })));
    expect(facts.map(({ serviceTier }) => serviceTier)).toEqual(["fast"]);
  });
});

describe("a line", () => {
  test("says its tokens by kind, its UTC day and its model", () => {
    const usage = use(7, {
      cache_read_input_tokens: 30,
      cache_creation_input_tokens: 99,
      cache_creation: { ephemeral_5m_input_tokens: 5, ephemeral_1h_input_tokens: 15 },
    });
    const [fact] = read(line("m1", usage, { timestamp: "2026-10-04T01:00:00+02:00" })).facts;
    expect(fact).toMatchObject({
      day: "2026-10-03",
      model: "claude-opus-4-5",
      costNano: null,
      tokens: { uncachedInput: 10, cacheRead: 30, cacheWrite5m: 5, cacheWrite1h: 15, output: 7 },
    });
  });

  test("of an old version says its cost", () => {
    expect(read(line("m1", use(1), { costUSD: 0.1234 })).facts[0]).toMatchObject({
      costNano: 123_400_000n,
      currency: "USD",
    });
  });

  test("of an agent's progress holds its reply further in", () => {
    const inner = JSON.parse(line("m9", use(8)));
    const text = JSON.stringify({ type: "progress", data: { message: inner } });
    expect(outputs(text)).toEqual([8]);
  });

  test("that is none of a reply is passed over, and one that is broken is said to be", () => {
    const synthetic = line("m1", use(1)).replace("claude-opus-4-5-20251101", "<synthetic>");
    const { facts, taken } = read('{"type":"summary"}', synthetic, '{"usage":{ broken');
    expect([facts, taken]).toEqual([[], [true, true, false]]);
  });
});
