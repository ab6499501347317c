import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { type Reply, ReplySet, replyKey } from "./reply";

const aReply = (changes: Partial<Reply> = {}): Reply => ({
  message: replyKey("m1"),
  request: replyKey("r1"),
  sidechain: false,
  saysSpeed: false,
  day: "2026-10-03",
  model: "claude-opus-4-5",
  serviceTier: "standard",
  tokens: { uncachedInput: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 5 },
  currency: "USD",
  costNano: null,
  ...changes,
});
const withOutput = (output: number, changes: Partial<Reply> = {}): Reply =>
  aReply({ ...changes, tokens: { ...aReply().tokens, output } });

describe("a set of replies", () => {
  test("says whether a telling is new, says more, or says nothing", () => {
    const replies = new ReplySet();
    expect([
      replies.add(withOutput(2)),
      replies.add(withOutput(400)),
      replies.add(withOutput(3)),
      replies.add(withOutput(7, { request: replyKey("r2") })),
      replies.add(withOutput(9, { request: replyKey("r2") })),
      replies.add(withOutput(900, { request: replyKey("r3"), sidechain: true })),
    ]).toEqual(["new", "changed", "unchanged", "new", "changed", "unchanged"]);
    expect([...replies].map(({ tokens }) => tokens.output)).toEqual([400, 9]);
  });

  test("takes the dearer of equally long tellings, then the one that says its speed, then the earlier day", () => {
    const settled = (...told: Reply[]) => {
      const replies = new ReplySet();
      for (const reply of told) replies.add(reply);
      return [...replies];
    };
    expect(settled(aReply(), aReply({ costNano: 1n }))).toEqual([aReply({ costNano: 1n })]);
    expect(settled(aReply(), aReply({ saysSpeed: true }))).toEqual([aReply({ saysSpeed: true })]);
    expect(settled(aReply({ day: "2026-10-04" }), aReply())).toEqual([aReply()]);
  });
});

test("the order in which replies are told, and how often, does not matter", () => {
  const reply = fc.record({
    message: fc.constantFrom("a", "b", "c").map(replyKey),
    request: fc.constantFrom("x", "y", "z").map(replyKey),
    sidechain: fc.boolean(),
    saysSpeed: fc.boolean(),
    day: fc.constantFrom("2026-10-03", "2026-10-04"),
    model: fc.constantFrom("claude-opus-4-5", "claude-haiku-4-5"),
    tokens: fc.record({
      uncachedInput: fc.nat(2),
      cacheRead: fc.nat(2),
      cacheWrite5m: fc.constant(0),
      cacheWrite1h: fc.constant(0),
      output: fc.nat(2),
    }),
    costNano: fc.constantFrom(null, 1n, 2n),
  });
  const told = fc
    .array(reply, { maxLength: 12 })
    .chain((replies) =>
      fc.tuple(
        fc.constant(replies),
        fc.shuffledSubarray([...replies, ...replies], { minLength: 2 * replies.length }),
      ),
    );
  const text = (replies: readonly Partial<Reply>[]) => {
    const set = new ReplySet();
    for (const each of replies) set.add(aReply(each));
    return [...set].map((each) => JSON.stringify({ ...each, costNano: String(each.costNano) })).sort();
  };
  fc.assert(
    fc.property(told, ([once, shuffled]) => {
      expect(text(shuffled)).toEqual(text(once));
    }),
  );
});
