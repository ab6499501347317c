import { describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { seedCatalogue } from "@/lib/catalogue/data";
import { planInput, planPriceInput, serviceProviderInput } from "@/lib/catalogue/schema";
import {
  changePlan,
  changeServiceProvider,
  createPlan,
  createPlanPrice,
  createServiceProvider,
  listPlanPrices,
  listPlans,
  listServiceProviders,
  listTools,
  readPlan,
} from "@/lib/catalogue/service";
import { transact } from "@/lib/db/client";
import { everyPage } from "@/lib/fields/every-page";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

async function aPlan(ctx: Ctx) {
  const provider = await createServiceProvider(ctx, serviceProviderInput.parse({ name: "Example AI" }));
  const input = { serviceProviderId: provider.id, name: "Team", prorationRule: "prorated", minimumSeats: 5 };
  return { provider, plan: await createPlan(ctx, planInput.parse(input)) };
}

const aPrice = (planId: string, changes: object = {}) =>
  planPriceInput.parse({
    id: planId,
    startsOn: "2026-01-01",
    billingInterval: "month",
    unitPrice: { minor: 2500, currency: "USD" },
    source: "example.test/pricing",
    ...changes,
  });

describe("the catalogue that an organization starts with", () => {
  test("has the providers, their plans with today's prices, and the tools", async () => {
    const ctx = await anOrganization();
    await transact({ organizationId: ctx.organization.id }, (db) =>
      seedCatalogue(db, ctx.organization.id, ctx.now),
    );
    const plans = await everyPage((page) => listPlans(ctx, page));
    const team = plans.find(({ name }) => name === "Claude Team Standard");
    expect(team).toMatchObject({
      serviceProvider: { name: "Anthropic" },
      prorationRule: "prorated",
      minimumSeats: 5,
    });
    expect(team?.prices.map(({ billingInterval, unitPrice }) => [billingInterval, unitPrice.minor])).toEqual([
      ["month", 2500],
      ["year", 24000],
    ]);
    const tools = (await listTools(ctx)).data;
    expect(tools.find(({ name }) => name === "Cline")).toMatchObject({ ridesSeat: false, burnsKey: true });
    expect(tools.find(({ name }) => name === "Claude Code")).toMatchObject({
      ridesSeat: true,
      burnsKey: true,
    });
  });
});

describe("prices", () => {
  test("are dated: a plan shows those in force today, its history all of them", async () => {
    const ctx = await anOrganization();
    const { plan } = await aPlan(ctx);
    const to = (minor: number) => ({ unitPrice: { minor, currency: "USD" } });
    await createPlanPrice(ctx, aPrice(plan.id));
    await createPlanPrice(ctx, aPrice(plan.id, { startsOn: "2026-11-01", ...to(3000) }));
    await createPlanPrice(ctx, aPrice(plan.id, { startsOn: "2027-01-01", ...to(3500) }));
    await createPlanPrice(ctx, aPrice(plan.id, { billingInterval: "year", ...to(24_000) }));

    const { prices } = await readPlan(ctx, { id: plan.id });
    expect(prices.map(({ billingInterval, unitPrice }) => [billingInterval, unitPrice.minor])).toEqual([
      ["month", 3000],
      ["year", 24_000],
    ]);
    expect((await listPlanPrices(ctx, { id: plan.id })).data).toHaveLength(4);
  });

  test("have one amount a day, interval and currency", async () => {
    const ctx = await anOrganization();
    const { plan } = await aPlan(ctx);
    await createPlanPrice(ctx, aPrice(plan.id));
    await expectRefusal(createPlanPrice(ctx, aPrice(plan.id)), "name_taken", "startsOn");
  });

  test("are not negative, and have a source", () => {
    const id = "01a207b8-0000-7000-8000-000000000000";
    expect(() => aPrice(id, { unitPrice: { minor: -1, currency: "USD" } })).toThrow();
    expect(() => aPrice(id, { unitPrice: { minor: 0.5, currency: "USD" } })).toThrow();
    expect(() => aPrice(id, { source: "" })).toThrow();
  });
});

test("a provider's plan names are its own", async () => {
  const ctx = await anOrganization();
  const { provider, plan } = await aPlan(ctx);
  await expectRefusal(
    createPlan(
      ctx,
      planInput.parse({ serviceProviderId: provider.id, name: plan.name, prorationRule: "as_billed" }),
    ),
    "name_taken",
    "name",
  );
  await expectRefusal(
    createServiceProvider(ctx, serviceProviderInput.parse({ name: provider.name })),
    "name_taken",
    "name",
  );
});

test("plans and providers are archived, once per version that was read", async () => {
  const ctx = await anOrganization();
  const { provider, plan } = await aPlan(ctx);
  expect(await changePlan(ctx, { id: plan.id, version: plan.version, archived: true })).toMatchObject({
    archived: true,
  });
  await expectRefusal(changePlan(ctx, { id: plan.id, version: plan.version, name: "Late" }), "stale_version");
  const archived = { id: provider.id, version: provider.version, archived: true };
  expect(await changeServiceProvider(ctx, archived)).toMatchObject({ archived: true });
  await expectRefusal(changeServiceProvider(ctx, archived), "stale_version");
});

test("nothing of it is there for another organization", async () => {
  const ctx = await anOrganization();
  const { provider, plan } = await aPlan(ctx);
  const stranger = await anOrganization();
  await expectRefusal(readPlan(stranger, { id: plan.id }), "not_found");
  await expectRefusal(changePlan(stranger, { id: plan.id, version: 1, name: "Mine" }), "not_found");
  await expectRefusal(createPlanPrice(stranger, aPrice(plan.id)), "not_found");
  await expectRefusal(listPlanPrices(stranger, { id: plan.id }), "not_found");
  await expectRefusal(
    createPlan(
      stranger,
      planInput.parse({ serviceProviderId: provider.id, name: "X", prorationRule: "prorated" }),
    ),
    "not_found",
  );
  expect((await listServiceProviders(stranger, { limit: 50 })).data).toEqual([]);
});

test("everybody may choose from it, owner and finance write it", async () => {
  const owner = await anOrganization();
  const { plan } = await aPlan(await anActor(owner, { roles: ["finance"] }));
  for (const role of ["lead", "member", "auditor"] as const) {
    const actor = await anActor(owner, { roles: [role] });
    expect((await listPlans(actor, { limit: 50 })).data).toHaveLength(1);
    await expectRefusal(createServiceProvider(actor, { name: role, website: null }), "forbidden");
    await expectRefusal(createPlanPrice(actor, aPrice(plan.id)), "forbidden");
  }
});
