import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import {
  findScenarios,
  getScenario,
  insertScenario,
  removeScenario as remove,
  updateScenario,
} from "@/lib/scenarios/data";
import type { Scenario, ScenarioEdit, ScenarioInput, ScenarioList } from "@/lib/scenarios/schema";
import { assertReferred, tell } from "@/lib/scenarios/told";

/** The scenarios that were made, in the order of entry, each with its changes in sentences. */
export async function listScenarios(ctx: Ctx, filter: ScenarioList): Promise<Page<Scenario>> {
  authorize(ctx, "scenario:read");
  return await read(ctx, async (db) => {
    const { data, nextCursor } = await findScenarios(db, ctx, filter);
    return { data: await tell(db, ctx, data), nextCursor };
  });
}

export async function readScenario(ctx: Ctx, { id }: { id: string }): Promise<Scenario> {
  authorize(ctx, "scenario:read");
  return await read(ctx, (db) => getTold(db, ctx, id));
}

/** @throws DomainError `name_taken`, `not_found` and `invalid_input` for what a change refers to */
export async function createScenario(ctx: Ctx, input: ScenarioInput): Promise<Scenario> {
  authorize(ctx, "scenario:write");
  return await write(ctx, async (db) => {
    await assertReferred(db, ctx, input.changes);
    const id = await insertScenario(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "scenario.create",
      targetType: "scenario",
      targetId: id,
      after: input,
    });
    return await getTold(db, ctx, id);
  });
}

/** @throws DomainError `name_taken`, `stale_version`, `not_found` and `invalid_input` for what a change refers to */
export async function changeScenario(ctx: Ctx, edit: ScenarioEdit): Promise<Scenario> {
  authorize(ctx, "scenario:write");
  return await write(ctx, async (db) => {
    const before = await getScenario(db, ctx, edit.id);
    await assertReferred(db, ctx, edit.changes);
    await updateScenario(db, ctx, edit);
    const after = await getScenario(db, ctx, edit.id);
    await recordAudit(db, ctx, {
      action: "scenario.change",
      targetType: "scenario",
      targetId: edit.id,
      before,
      after,
    });
    return await getTold(db, ctx, edit.id);
  });
}

/** Throws a scenario away: it is no fact of the books. */
export async function removeScenario(ctx: Ctx, asked: { id: string; version: number }): Promise<void> {
  authorize(ctx, "scenario:write");
  await write(ctx, async (db) => {
    const before = await getScenario(db, ctx, asked.id);
    await remove(db, ctx, asked);
    await recordAudit(db, ctx, {
      action: "scenario.remove",
      targetType: "scenario",
      targetId: asked.id,
      before,
    });
  });
}

async function getTold(db: Db, ctx: Ctx, id: string): Promise<Scenario> {
  const [scenario] = await tell(db, ctx, [await getScenario(db, ctx, id)]);
  return required(scenario ?? null);
}
