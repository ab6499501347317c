import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import { advise } from "@/lib/workloads/advice";
import {
  findWorkloads,
  getWorkload,
  insertWorkload,
  removeWorkload as remove,
  updateWorkload,
} from "@/lib/workloads/data";
import type { Workload, WorkloadChange, WorkloadInput, WorkloadList } from "@/lib/workloads/schema";

/** The workloads that were described, in the order of entry, each with the advice on it. */
export async function listWorkloads(ctx: Ctx, filter: WorkloadList): Promise<Page<Workload>> {
  authorize(ctx, "advice:read");
  return await read(ctx, async (db) => {
    const { data, nextCursor } = await findWorkloads(db, ctx, filter);
    return { data: await advise(db, ctx, data), nextCursor };
  });
}

export async function readWorkload(ctx: Ctx, { id }: { id: string }): Promise<Workload> {
  authorize(ctx, "advice:read");
  return await read(ctx, (db) => getAdvised(db, ctx, id));
}

/** @throws DomainError `name_taken` */
export async function createWorkload(ctx: Ctx, input: WorkloadInput): Promise<Workload> {
  authorize(ctx, "workload:write");
  return await write(ctx, async (db) => {
    const id = await insertWorkload(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "workload.create",
      targetType: "workload",
      targetId: id,
      after: input,
    });
    return await getAdvised(db, ctx, id);
  });
}

/** @throws DomainError `name_taken`, `stale_version` */
export async function changeWorkload(ctx: Ctx, change: WorkloadChange): Promise<Workload> {
  authorize(ctx, "workload:write");
  return await write(ctx, async (db) => {
    const before = await getWorkload(db, ctx, change.id);
    await updateWorkload(db, ctx, change);
    const after = await getWorkload(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "workload.change",
      targetType: "workload",
      targetId: change.id,
      before,
      after,
    });
    return await getAdvised(db, ctx, change.id);
  });
}

/** Throws a description away: it is no fact of the books. */
export async function removeWorkload(ctx: Ctx, asked: { id: string; version: number }): Promise<void> {
  authorize(ctx, "workload:write");
  await write(ctx, async (db) => {
    const before = await getWorkload(db, ctx, asked.id);
    await remove(db, ctx, asked);
    await recordAudit(db, ctx, {
      action: "workload.remove",
      targetType: "workload",
      targetId: asked.id,
      before,
    });
  });
}

async function getAdvised(db: Db, ctx: Ctx, id: string): Promise<Workload> {
  const [workload] = await advise(db, ctx, [await getWorkload(db, ctx, id)]);
  return required(workload ?? null);
}
