import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { claimImport, releaseImport, renewLease } from "@/lib/imports/claim-data";
import { commitImport, readImport, receiveImport, undoImport } from "@/lib/imports/service";
import { workOnNextImport } from "@/lib/jobs/imports";
import { createTeam } from "@/lib/teams/service";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";

const CSV =
  "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n2026-10-02,Claude Opus 4.5,prod,,message,output,5.00\n";
const PEOPLE = "name,email,team\nAda,ada@example.test,Platform\n";

async function send(
  ctx: Ctx,
  text = CSV,
  fileName = "costs.csv",
  leasedUntil: Date | null = null,
): Promise<string> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  return (await receiveImport(ctx, { fileName }, { bytes, announced: null, leasedUntil })).id;
}

const fail = (error: unknown) => {
  throw error;
};

async function workOnAll(): Promise<void> {
  while (await workOnNextImport(fail));
}

const takeAccess = ({ actor }: Ctx) =>
  asSuperuser((client) => client.query("DELETE FROM organization_role WHERE user_id = $1", [actor.userId]));

let ctx: Ctx;
beforeAll(async () => {
  ctx = await anOrganization();
  await createTeam(ctx, { name: "Platform", code: "PLAT" });
});

test("four workers at once read the first files of an organization, which all bring its first provider", async () => {
  const fresh = await anOrganization();
  const ids = await Promise.all([1, 2, 3, 4].map(() => send(fresh)));
  await Promise.all(ids.map(() => workOnNextImport(fail)));
  await workOnAll();
  const found = await Promise.all(ids.map((id) => readImport(fresh, { id })));
  expect(found.map(({ state, refusal }) => [state, refusal])).toEqual(ids.map(() => ["ready", null]));
});

test("a file that its sender reads is left to them, until they are gone", async () => {
  const [later, past] = [new Date(Date.now() + 60_000), new Date(Date.now() - 1)];
  const [theirs, left] = [await send(ctx, CSV, "a.csv", later), await send(ctx, CSV, "b.csv", past)];
  await workOnAll();
  expect(await readImport(ctx, { id: theirs })).toMatchObject({ state: "reading" });
  expect(await readImport(ctx, { id: left })).toMatchObject({ state: "ready" });
});

describe("of somebody who may not import any more", () => {
  test("a file is refused and says why, and the one behind it is read", async () => {
    const gone = await anActor(ctx, { roles: ["finance"] });
    const [theirs, ours] = [await send(gone), await send(ctx)];
    await takeAccess(gone);
    await workOnAll();
    expect(await readImport(ctx, { id: theirs })).toMatchObject({
      state: "refused",
      refusal: expect.stringContaining("may not import files any more"),
    });
    expect(await readImport(ctx, { id: ours })).toMatchObject({ state: "ready" });
  });

  test("a commit goes back to the preview, from where another commits it", async () => {
    const gone = await anActor(ctx, { roles: ["finance"] });
    const id = await send(gone);
    await workOnAll();
    await commitImport(gone, { id, skipBadRows: false });
    await takeAccess(gone);
    await workOnAll();
    expect(await readImport(ctx, { id })).toMatchObject({ state: "ready", errorCount: 1 });
    await commitImport(ctx, { id, skipBadRows: true });
    await workOnAll();
    expect(await readImport(ctx, { id })).toMatchObject({ state: "committed" });
  });

  test("what they committed is undone by another, in whose name the audit trail has it", async () => {
    const gone = await anActor(ctx, { roles: ["owner"] });
    const id = await send(gone, PEOPLE, "people.csv");
    await workOnAll();
    await commitImport(gone, { id, skipBadRows: false });
    await workOnAll();
    expect(await readImport(ctx, { id })).toMatchObject({ state: "committed", errors: [] });
    await takeAccess(gone);
    await undoImport(ctx, { id });
    await workOnAll();
    expect(await readImport(ctx, { id })).toMatchObject({ state: "undone" });
    const { rows } = await asSuperuser((client) =>
      client.query(
        "SELECT actor_id FROM audit_event WHERE organization_id = $1 AND action = 'member.remove'",
        [ctx.organization.id],
      ),
    );
    expect(rows).toEqual([{ actor_id: ctx.actor.userId }]);
  });
});

test("a worker whose lease ran out neither renews nor ends the lease of the one that took over", async () => {
  const id = await send(ctx);
  const at = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1_000);
  const slow = await claimImport(at(0));
  expect(slow).toMatchObject({ id, attempts: 1 });
  expect(await claimImport(at(14))).toBeNull();
  const quick = await claimImport(at(16));
  expect(quick).toMatchObject({ id, attempts: 2 });
  await renewLease(slow!, at(60));
  await releaseImport(slow!);
  expect(await claimImport(at(30))).toBeNull();
  await releaseImport(quick!);
  expect(await claimImport(at(31))).toMatchObject({ id, attempts: 3 });
});
