import { createProduct } from "@/lib/products/service";
import { type ScenarioBody, scenarioInput } from "@/lib/scenarios/schema";
import { createScenario } from "@/lib/scenarios/service";
import { usd } from "@/lib/testing/invoices";
import { type Row, unique, WRITES_ALL } from "@/lib/testing/routes/row";
import type { SignedIn, World } from "@/lib/testing/world";

const READS: readonly SignedIn[] = ["owner", "finance", "lead", "otherLead", "auditor"];

/** A scenario with a change of every kind. */
async function wondered({ owner, books }: World): Promise<ScenarioBody> {
  const { id: productId } = await createProduct(owner, { name: unique("Product"), endsOn: null });
  const contract = { subscriptionId: books.subscriptions.claudeTeam, planId: books.plans.standard };
  const use = { apiAccountId: books.accounts.prod, productId, from: "2027-01" };
  return {
    name: unique("What if"),
    note: "Asked by the board.",
    changes: [
      { kind: "seats", ...contract, from: "2027-01-01", seats: -2 },
      { kind: "seat_price", ...contract, from: "2027-02-01", unitPrice: usd(3_000) },
      {
        kind: "list_price",
        ...{ planId: books.plans.standard, billingInterval: "month" as const },
        ...{ from: "2027-03-01", unitPrice: usd(3_500) },
      },
      {
        kind: "model",
        ...{ ...use, model: "claude-opus-4-5", toModel: "claude-haiku-4-5" },
        percent: 50,
      },
      { kind: "cache", ...use, percent: 40, readsPerWrite: 10 },
      { kind: "batch", ...use, percent: 30 },
      { kind: "model_price", model: "claude-opus-4-5", from: "2027-01", percent: -20 },
      { kind: "growth", productId, from: "2027-01", percent: 5, every: "month" },
    ],
  };
}

const aScenario = async (world: World) =>
  createScenario(world.owner, scenarioInput.parse(await wondered(world)));

export const SCENARIOS: readonly Row[] = [
  { route: "GET scenarios", who: READS, status: 200, request: () => ({ query: { limit: "10" } }) },
  {
    route: "POST scenarios",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => ({ body: await wondered(world) }),
  },
  {
    route: "GET scenarios/[id]",
    who: READS,
    status: 200,
    request: async (world) => ({ params: { id: (await aScenario(world)).id } }),
  },
  {
    route: "PATCH scenarios/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aScenario(world);
      return { params: { id }, version, body: await wondered(world) };
    },
  },
  {
    route: "DELETE scenarios/[id]",
    who: WRITES_ALL,
    status: 204,
    request: async (world) => {
      const { id, version } = await aScenario(world);
      return { params: { id }, version };
    },
  },
  {
    route: "GET scenarios/[id]/effect",
    who: READS,
    status: 200,
    request: async (world) => ({
      params: { id: (await aScenario(world)).id },
      query: { from: "2026-11", to: "2027-03", with: (await aScenario(world)).id },
    }),
  },
  { route: "GET scenario-proposals", who: READS, status: 200, request: () => ({}) },
];
