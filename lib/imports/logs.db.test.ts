import fc from "fast-check";
import { expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { someBooks } from "@/lib/testing/books";
import { commitFile, sendFile, undoFile } from "@/lib/testing/imports";
import { anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";
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

test("reports by day and by month of the same use count once: the fuller one", async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  const { members } = await someBooks(ctx);
  const send = async (report: object) =>
    await commitFile(
      ctx,
      await sendFile(
        ctx,
        { fileName: "r.json", memberId: members.ada },
        JSON.stringify({ ...report, totals: {} }),
      ),
    );
  const row = (when: object, outputTokens: number) => ({
    ...when,
    modelBreakdowns: [
      {
        modelName: "claude-opus-4-5",
        inputTokens: 0,
        outputTokens,
        cacheCreationTokens: 0,
        cacheReadTokens: 0,
        cost: outputTokens / 100,
      },
    ],
  });
  const tokens = async () => (await october(ctx)).map(([, output]) => output);
  // Of the first ten days, then of all of October: 310 tokens, and not 410.
  const begun = await send({ daily: [row({ date: "2026-10-03" }, 60), row({ date: "2026-10-09" }, 40)] });
  expect(await tokens()).toEqual([100]);
  const whole = await send({ monthly: [row({ month: "2026-10" }, 310)] });
  expect(await tokens()).toEqual([310]);
  // Every day of it: what is as full and finer counts.
  await send({ daily: [row({ date: "2026-10-03" }, 60), row({ date: "2026-10-20" }, 210)] });
  expect(await tokens()).toEqual([310]);
  await undoFile(ctx, whole);
  expect(await tokens()).toEqual([310]);
  await undoFile(ctx, begun);
  expect(await tokens()).toEqual([270]);
});

test("any split of the same lines over files, in any order, repeated, gives the same usage; undone, nothing is left", async () => {
  const tellings = fc.array(
    fc.record({
      id: fc.constantFrom("a", "b", "c", "d"),
      day: fc.constantFrom("2026-09-30", "2026-10-01", "2026-10-02"),
      output: fc.integer({ min: 1, max: 900 }),
      isSidechain: fc.boolean(),
      requestId: fc.constantFrom("x", "y"),
      to: fc.nat(2),
    }),
    { minLength: 1, maxLength: 10 },
  );
  const lineOf = ({ id, day, output, isSidechain, requestId }: Omit<Told, "to">) =>
    JSON.stringify({
      timestamp: `${day}T10:00:00.000Z`,
      requestId,
      isSidechain,
      message: { id, model: "claude-opus-4-5", usage: { input_tokens: 1, output_tokens: output } },
    });
  type Told = {
    id: string;
    day: string;
    output: number;
    isSidechain: boolean;
    requestId: string;
    to: number;
  };
  const now = new Date("2026-11-24T12:00:00Z");
  const [whole, parts] = [
    { ...(await anOrganization()), now },
    { ...(await anOrganization()), now },
  ];
  const inputOf = async (ctx: Ctx) => ({
    fileName: "l.jsonl",
    memberId: (await someBooks(ctx)).members.ada,
  });
  const [ofWhole, ofParts] = [await inputOf(whole), await inputOf(parts)];
  const send = async (ctx: Ctx, input: typeof ofWhole, lines: string[]) =>
    await commitFile(ctx, await sendFile(ctx, input, lines.join("\n")));
  await fc.assert(
    fc.asyncProperty(
      tellings,
      fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 6 }),
      async (told, order) => {
        const one = await send(whole, ofWhole, told.map(lineOf));
        const done = [];
        for (const part of order) {
          const own = told.filter(({ to }) => to === part);
          if (own.length > 0) done.push(await send(parts, ofParts, own.map(lineOf)));
        }
        expect(await sums(parts)).toEqual(await sums(whole));
        for (const each of done) await undoFile(parts, each);
        await undoFile(whole, one);
        expect(await sums(parts)).toEqual([]);
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
});

/** Usage and its sums as text, without ids. */
async function sums({ organization: { id } }: Ctx): Promise<string[]> {
  return await asSuperuser(async (client) => {
    const { rows } = await client.query<{ line: string }>(
      `SELECT concat_ws('|', 'usage', day, model, uncached_input, output, requests, cost_nano) AS line FROM usage WHERE organization_id = $1
       UNION ALL SELECT concat_ws('|', 'month', month, model, uncached_input, output, requests, cost_nano) FROM usage_month WHERE organization_id = $1
       UNION ALL SELECT concat_ws('|', 'day', day, uncached_input, output, requests, cost_nano) FROM usage_day WHERE organization_id = $1
       ORDER BY 1`,
      [id],
    );
    return rows.map(({ line }) => line);
  });
}
