import { createProduct } from "@/lib/products/service";
import { ALL, type Row, SEES_PLATFORM, unique } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";
import { type WorkloadBody, workloadInput } from "@/lib/workloads/schema";
import { createWorkload } from "@/lib/workloads/service";

const WRITES = ["owner", "finance", "lead", "otherLead"] as const;

const described = ({ books }: World, productId: string | null = null): WorkloadBody => ({
  name: unique("Workload"),
  productId,
  planId: books.plans.standard,
  note: "Asked by the board.",
  answers: {
    watchedBy: "nobody",
    startedBy: "queue",
    needs: ["structured_output"],
    bill: "lowest",
    steps: [
      {
        ...{ model: "claude-haiku-4-5", requestsPerMonth: 1_000, inputTokens: 2_000, outputTokens: 300 },
        ...{ cachedPercent: 50, batch: true },
      },
    ],
    people: 2,
  },
});

const aProduct = async ({ owner }: World) =>
  (await createProduct(owner, { name: unique("Product"), endsOn: null })).id;

const aWorkload = (world: World) => createWorkload(world.owner, workloadInput.parse(described(world)));

export const ADVICE: readonly Row[] = [
  {
    route: "GET break-even",
    who: ALL,
    status: 200,
    request: () => ({ query: { of: "members", month: "2026-10", limit: "10" } }),
  },
  {
    route: "GET break-even/[of]/[id]",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({
      params: { of: "members", id: books.members.ben },
      query: { serviceProviderId: books.providers.anthropic, month: "2026-10" },
    }),
  },
  { route: "GET highlights", who: ALL, status: 200, request: () => ({ query: { limit: "5" } }) },
  {
    route: "GET workloads",
    who: ALL,
    status: 200,
    request: async (world) => ({ query: { limit: "10", productId: await aProduct(world) } }),
  },
  {
    route: "POST workloads",
    who: WRITES,
    status: 201,
    request: async (world) => ({ body: described(world, await aProduct(world)) }),
  },
  {
    route: "GET workloads/[id]",
    who: ALL,
    status: 200,
    request: async (world) => ({ params: { id: (await aWorkload(world)).id } }),
  },
  {
    route: "PATCH workloads/[id]",
    who: WRITES,
    status: 200,
    request: async (world) => {
      const { id, version } = await aWorkload(world);
      return { params: { id }, version, body: described(world, await aProduct(world)) };
    },
  },
  {
    route: "DELETE workloads/[id]",
    who: WRITES,
    status: 204,
    request: async (world) => {
      const { id, version } = await aWorkload(world);
      return { params: { id }, version };
    },
  },
];
