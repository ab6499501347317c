import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import {
  findPlanPrices,
  findPlans,
  findServiceProviders,
  findTools,
  getPlan,
  getServiceProvider,
  insertPlan,
  insertPlanPrice,
  insertServiceProvider,
  updatePlan,
  updateServiceProvider,
} from "@/lib/catalogue/data";
import type {
  Plan,
  PlanChange,
  PlanFilter,
  PlanInput,
  PlanPrice,
  PlanPriceInput,
  ServiceProvider,
  ServiceProviderChange,
  ServiceProviderInput,
  Tool,
} from "@/lib/catalogue/schema";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { refreshForecastsOfPlan } from "@/lib/forecast/refresh";

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

export async function listServiceProviders(ctx: Ctx, page: Paging): Promise<Page<ServiceProvider>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findServiceProviders(db, ctx, page));
}

export async function createServiceProvider(ctx: Ctx, input: ServiceProviderInput): Promise<ServiceProvider> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    const id = await insertServiceProvider(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "service_provider.create",
      targetType: "service_provider",
      targetId: id,
      after: input,
    });
    return await getServiceProvider(db, ctx, id);
  });
}

export async function readServiceProvider(ctx: Ctx, { id }: { id: string }): Promise<ServiceProvider> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getServiceProvider(db, ctx, id));
}

export async function changeServiceProvider(
  ctx: Ctx,
  change: ServiceProviderChange,
): Promise<ServiceProvider> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    const before = await getServiceProvider(db, ctx, change.id);
    await updateServiceProvider(db, ctx, change);
    const after = await getServiceProvider(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "service_provider.change",
      targetType: "service_provider",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}

/** Plans with the prices in force today. */
export async function listPlans(ctx: Ctx, filter: PlanFilter): Promise<Page<Plan>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findPlans(db, ctx, filter));
}

export async function readPlan(ctx: Ctx, { id }: { id: string }): Promise<Plan> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getPlan(db, ctx, id));
}

export async function createPlan(ctx: Ctx, input: PlanInput): Promise<Plan> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    const id = await insertPlan(db, ctx, input);
    await recordAudit(db, ctx, { action: "plan.create", targetType: "plan", targetId: id, after: input });
    return await getPlan(db, ctx, id);
  });
}

export async function changePlan(ctx: Ctx, change: PlanChange): Promise<Plan> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    const before = await getPlan(db, ctx, change.id);
    await updatePlan(db, ctx, change);
    const after = await getPlan(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "plan.change",
      targetType: "plan",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}

export async function listPlanPrices(ctx: Ctx, { id }: { id: string }): Promise<Page<PlanPrice>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, async (db) => {
    await getPlan(db, ctx, id);
    return { data: await findPlanPrices(db, ctx, id), nextCursor: null };
  });
}

/**
 * A new list price from a day on. What contracts pay stands in their terms, so no past or present cost changes; what is
 * expected of them from their next renewal on does.
 */
export async function createPlanPrice(ctx: Ctx, input: PlanPriceInput): Promise<PlanPrice> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    await getPlan(db, ctx, input.id);
    const price = await insertPlanPrice(db, ctx, input);
    await refreshForecastsOfPlan(db, ctx, input.id);
    await recordAudit(db, ctx, {
      action: "plan_price.create",
      targetType: "plan",
      targetId: input.id,
      after: price,
    });
    return price;
  });
}

export async function listTools(ctx: Ctx): Promise<Page<Tool>> {
  authorize(ctx, "catalogue:read");
  return { data: await read(ctx, (db) => findTools(db, ctx)), nextCursor: null };
}
