import { expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { someBooks } from "@/lib/testing/books";
import { commitFile, sendFile, undoFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";
import { getUsage } from "@/lib/usage/service";

// Logs of Claude Code: whose they are is asked, a reply counts once over all files, and nothing of it is spent.

const line = (id: string, output: number) =>
  JSON.stringify({
    timestamp: "2026-10-03T10:00:00.000Z",
    requestId: `r-${id}`,
    costUSD: output / 100,
    message: { id, model: "claude-opus-4-5-20251101", usage: { input_tokens: 10, output_tokens: output } },
  });

const october = async (ctx: Ctx) =>
  (await getUsage(ctx, { from: "2026-10", to: "2026-10", groupBy: "member" })).groups.map(
    ({ group, tokens, costs }) => [group?.name, tokens.output, costs],
  );

test("replies of several files count once, as API-equivalent of whoever they are of", async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  const { members } = await someBooks(ctx);
  const first = `${line("a", 2)}\n${line("a", 400)}\n${line("b", 50)}\n`;
  expect(await sendFile(ctx, { fileName: "a.jsonl" }, first)).toMatchObject({
    state: "asking",
    question: "owner",
  });

  const input = { fileName: "a.jsonl", memberId: members.ada };
  await commitFile(ctx, await sendFile(ctx, input, first));
  const once = await october(ctx);
  expect(once).toEqual([["Ada", 450, [{ costKind: "api_equivalent", currency: "USD", cost: "4.5" }]]]);

  // A log that was copied while "b" was still being written, with one reply that is new.
  const second = await sendFile(ctx, input, `${line("b", 3)}\n${line("c", 7)}\n`);
  expect(second.preview).toMatchObject({ newRows: 1, changedRows: 0, unchangedRows: 1 });
  const done = await commitFile(ctx, second);
  expect((await october(ctx)).map(([, output]) => output)).toEqual([457]);
  await undoFile(ctx, done);
  expect(await october(ctx)).toEqual(once);
});

test("a report of ccusage does not count beside the logs of the same month", async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  const { members } = await someBooks(ctx);
  const breakdown = {
    modelName: "claude-opus-4-5",
    inputTokens: 10,
    outputTokens: 999,
    cacheCreationTokens: 0,
    cacheReadTokens: 0,
    cost: 9,
  };
  const report = { daily: [{ date: "2026-10-03", modelBreakdowns: [breakdown] }], totals: {} };
  await commitFile(
    ctx,
    await sendFile(ctx, { fileName: "r.json", memberId: members.ada }, JSON.stringify(report, null, 2)),
  );
  expect((await october(ctx)).map(([, output]) => output)).toEqual([999]);
  await commitFile(ctx, await sendFile(ctx, { fileName: "a.jsonl", memberId: members.ada }, line("a", 400)));
  expect((await october(ctx)).map(([, output]) => output)).toEqual([400]);
});
