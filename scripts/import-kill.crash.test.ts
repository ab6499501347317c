// The first import gives this file a database of its own, before anything connects.
import "@/lib/testing/database";

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { commitImport, readImport, receiveImport, undoImport } from "@/lib/imports/service";
import { rebuildLedger } from "@/lib/ledger/repost";
import { someBooks } from "@/lib/testing/books";
import { anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";

const KILLS = 20;
const ROWS = 20_000;
const HEADER = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";

/** For a machine that does much else; the end of a wait is no measure of speed. */
const WAIT_MS = 120_000;

const workers = new Set<ChildProcess>();
afterAll(killWorkers);

function startWorker(): void {
  workers.add(fork("scripts/worker.mjs", { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] }));
}

async function killWorkers(): Promise<void> {
  for (const worker of workers) {
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
  }
  workers.clear();
}

/** Kills the worker without a chance to tidy up, and lets its lease run out as time would. */
async function crashWorker(): Promise<void> {
  await killWorkers();
  await asSuperuser((client) => client.query("UPDATE import SET leased_until = NULL, attempts = 0"));
}

async function* file(): AsyncGenerator<Uint8Array> {
  let text = HEADER;
  for (let row = 0; row < ROWS; row++) {
    const day = String(1 + (row % 28)).padStart(2, "0");
    text += `2026-10-${day},Claude Opus 4.5,prod,key ${Math.floor(row / 28)},message,output,0.01\n`;
  }
  yield Buffer.from(text);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What is in the books: rows, and what the two sums of them come to. */
async function inBooks(ctx: Ctx): Promise<readonly number[]> {
  return await asSuperuser(async (client) => {
    const { rows } = await client.query<{ rows: string; months: string; days: string }>(
      `SELECT (SELECT count(*) FROM usage WHERE organization_id = $1) AS rows,
        (SELECT coalesce(sum(cost_nano), 0) / 10000000 FROM usage_month WHERE organization_id = $1) AS months,
        (SELECT coalesce(sum(cost_nano), 0) / 10000000 FROM usage_day WHERE organization_id = $1) AS days`,
      [ctx.organization.id],
    );
    return [Number(rows[0]?.rows), Number(rows[0]?.months), Number(rows[0]?.days)];
  });
}

test(`a worker killed at ${KILLS} random points of an import leaves all or nothing, and the next one finishes it`, async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  await someBooks(ctx);
  const send = async () =>
    (await receiveImport(ctx, { fileName: "kill.csv" }, { bytes: file(), announced: null })).id;
  let id = await send();
  for (let kill = 0; kill < KILLS; kill++) {
    startWorker();
    // Starting takes some of it; what is left falls anywhere in reading, merging, taking back, or after.
    await pause(600 + Math.random() * 1_400);
    await crashWorker();
    const { state } = await readImport(ctx, { id });
    const whole = state === "committed" || state === "undoing";
    expect([state, ...(await inBooks(ctx))]).toEqual([state, ...(whole ? [ROWS, ROWS, ROWS] : [0, 0, 0])]);
    // Whatever came to its end goes on to the next thing, so that every kill meets work.
    if (state === "ready") await commitImport(ctx, { id, skipBadRows: false });
    if (state === "committed") await undoImport(ctx, { id });
    if (state === "undone") id = await send();
  }
  startWorker();
  await expect
    .poll(
      async () => {
        const { state } = await readImport(ctx, { id });
        if (state === "undone") id = await send();
        if (state === "ready") await commitImport(ctx, { id, skipBadRows: false });
        return state;
      },
      { timeout: WAIT_MS, interval: 200 },
    )
    .toBe("committed");
  expect(await inBooks(ctx)).toEqual([ROWS, ROWS, ROWS]);
  const entries = () =>
    asSuperuser(async (client) => {
      const select =
        "SELECT (to_jsonb(e) - 'id')::text AS line FROM ledger_entry e WHERE organization_id = $1 ORDER BY 1";
      return (await client.query(select, [ctx.organization.id])).rows;
    });
  const kept = await entries();
  await rebuildLedger(ctx);
  expect(await entries()).toEqual(kept);
});

test("two imports at once, by two workers, are both right", async () => {
  const ctx = { ...(await anOrganization()), now: new Date("2026-11-24T12:00:00Z") };
  await someBooks(ctx);
  await crashWorker();
  startWorker();
  startWorker();
  const file = async function* () {
    yield Buffer.from(
      `${HEADER}2026-10-02,Claude Opus 4.5,prod,shared,message,output,5.00\n2026-10-03,Claude Opus 4.5,prod,own,message,output,1.00\n`,
    );
  };
  const ids = await Promise.all(
    ["0.csv", "1.csv", "2.csv", "3.csv"].map(
      async (fileName) => (await receiveImport(ctx, { fileName }, { bytes: file(), announced: null })).id,
    ),
  );
  const all = async (state: string) => {
    for (const id of ids) {
      const found = async () => {
        const { state, refusal, errors } = await readImport(ctx, { id });
        return { state, refusal, errors };
      };
      await expect.poll(found, { timeout: WAIT_MS }).toEqual({ state, refusal: null, errors: [] });
    }
  };
  await all("ready");
  await Promise.all(ids.map((id) => commitImport(ctx, { id, skipBadRows: false })));
  await all("committed");
  expect(await inBooks(ctx)).toEqual([2, 600, 600]);
});
