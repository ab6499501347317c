import "server-only";

import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { ScenarioChange } from "@/lib/domain/scenario";
import type { Page } from "@/lib/fields/schema";
import type { ScenarioEdit, ScenarioInput, ScenarioList } from "@/lib/scenarios/schema";

const SCENARIO = { id: true, name: true, note: true, changes: true, version: true } as const;

/** A scenario as it was entered. */
export type Entered = {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly changes: readonly ScenarioChange[];
  readonly version: number;
};

// What the schema let in is what comes out.
const toEntered = ({ changes, ...row }: Omit<Entered, "changes"> & { changes: unknown }): Entered => ({
  ...row,
  changes: changes as readonly ScenarioChange[],
});

export async function findScenarios(db: Db, ctx: Ctx, page: ScenarioList): Promise<Page<Entered>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.scenario.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: SCENARIO,
  });
  return toPage(rows.map(toEntered), page.limit);
}

export async function getScenario(db: Db, ctx: Ctx, id: string): Promise<Entered> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toEntered(required(await db.scenario.findUnique({ where, select: SCENARIO })));
}

export async function insertScenario(db: Db, ctx: Ctx, input: ScenarioInput): Promise<string> {
  const id = newId();
  await db.scenario.create({
    data: { ...input, organizationId: ctx.organization.id, id, createdAt: ctx.now },
  });
  return id;
}

export async function updateScenario(
  db: Db,
  ctx: Ctx,
  { id, version, ...fields }: ScenarioEdit,
): Promise<void> {
  const { count } = await db.scenario.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: { ...fields, version: { increment: 1 } },
  });
  await assertUpdated(count, () => findScenario(db, ctx, id));
}

export async function removeScenario(
  db: Db,
  ctx: Ctx,
  { id, version }: { id: string; version: number },
): Promise<void> {
  const { count } = await db.scenario.deleteMany({
    where: { organizationId: ctx.organization.id, id, version },
  });
  await assertUpdated(count, () => findScenario(db, ctx, id));
}

const findScenario = (db: Db, ctx: Ctx, id: string) =>
  db.scenario.findFirst({ where: { organizationId: ctx.organization.id, id } });

/** A contract as changes refer to it. */
export type ReferredContract = {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly serviceProviderId: string;
  readonly planIds: readonly string[];
};

export type Referred = {
  readonly contracts: ReadonlyMap<string, ReferredContract>;
  /** The provider of each plan. */
  readonly plans: ReadonlyMap<string, string>;
  readonly apiAccountIds: ReadonlySet<string>;
  readonly productIds: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, string>;
};

/** Everything that changes refer to, as far as it is there. */
export async function findReferred(db: Db, ctx: Ctx, changes: readonly ScenarioChange[]): Promise<Referred> {
  const ids = changes.flatMap((change) =>
    [
      "subscriptionId" in change ? change.subscriptionId : null,
      "planId" in change ? change.planId : null,
      "toPlanId" in change ? change.toPlanId : null,
      "apiAccountId" in change ? change.apiAccountId : null,
      "productId" in change ? change.productId : null,
    ].filter((id) => id !== null),
  );
  const where = { organizationId: ctx.organization.id, id: { in: [...new Set(ids)] } };
  const contracts = await db.subscription.findMany({
    where,
    select: {
      ...{ id: true, name: true, teamId: true, serviceProviderId: true },
      subscriptionTerms: { distinct: ["planId"], select: { planId: true } },
    },
  });
  const plans = await db.plan.findMany({
    where,
    select: { id: true, name: true, serviceProviderId: true },
  });
  const named = { where, select: { id: true, name: true } } as const;
  const accounts = await db.apiAccount.findMany(named);
  const products = await db.product.findMany(named);
  return {
    contracts: new Map(
      contracts.map(({ subscriptionTerms, ...contract }) => [
        contract.id,
        { ...contract, planIds: subscriptionTerms.map(({ planId }) => planId) },
      ]),
    ),
    plans: new Map(plans.map(({ id, serviceProviderId }) => [id, serviceProviderId])),
    apiAccountIds: new Set(accounts.map(({ id }) => id)),
    productIds: new Set(products.map(({ id }) => id)),
    names: new Map([...contracts, ...plans, ...accounts, ...products].map(({ id, name }) => [id, name])),
  };
}

/** Whether the actor sees a contract: all of them, or those of the teams that they lead. */
export function seesContract(ctx: Ctx, contract: ReferredContract | undefined): boolean {
  const seen = visibility(ctx);
  return seen.all || (contract !== undefined && seen.teamIds.includes(contract.teamId));
}
