import { createPlan, createServiceProvider } from "@/lib/catalogue/service";
import { createRate } from "@/lib/rates/service";
import { usd } from "@/lib/testing/invoices";
import { ALL, type Row, unique, uniqueDay, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const LIST = { limit: "200" };

const TAX = {
  treatment: "reverse_charge",
  rateBasisPoints: 2_100,
  recoverableBasisPoints: 6_200,
  code: "RC21",
};

const aProvider = ({ owner }: World) =>
  createServiceProvider(owner, { name: unique("Provider"), website: null });

const aPlan = ({ owner, books }: World) =>
  createPlan(owner, {
    serviceProviderId: books.providers.anthropic,
    name: unique("Plan"),
    prorationRule: "prorated",
    minimumSeats: 1,
    includedAllowance: null,
  });

const aRate = ({ owner }: World) =>
  createRate(owner, { date: uniqueDay(), from: "EUR", to: "USD", rate: "1.1", source: "ECB" });

const MODEL_PRICE_LIST = [
  "service_provider,model,service_tier,starts_on,currency,input,cache_read,cache_write_5m,cache_write_1h,output,source,as_of",
  "Anthropic,a-listed-model,standard,2026-01-01,USD,5,0.5,6.25,10,25,price page,2026-11-01",
].join("\r\n");

const ECB_FILE = "Date,USD,GBP,\n2026-10-30,1.1593,0.8789,\n2026-10-29,1.1640,0.8812,\n";

/** Free of what other rows entered: prices stand once a model and day. */
const aModelPrice = ({ books }: World) => ({
  serviceProviderId: books.providers.anthropic,
  model: unique("model").replace(" ", "-"),
  serviceTier: "standard",
  startsOn: "2026-01-01",
  currency: "USD",
  perMillion: {
    uncachedInput: "5",
    cacheRead: "0.5",
    cacheWrite5m: "6.25",
    cacheWrite1h: "10",
    output: "25",
  },
  source: "price page",
});

export const CATALOGUE: readonly Row[] = [
  { route: "GET service-providers", who: ALL, status: 200, request: () => ({ query: LIST }) },
  {
    route: "POST service-providers",
    who: WRITES_ALL,
    status: 201,
    request: () => ({ body: { name: unique("Provider"), website: "https://example.test/a", tax: TAX } }),
  },
  {
    route: "GET service-providers/[id]",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ params: { id: books.providers.cursor } }),
  },
  {
    route: "PATCH service-providers/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aProvider(world);
      const body = { name: unique("Provider"), website: "https://example.test/b", archived: true, tax: TAX };
      return { params: { id }, version, body };
    },
  },
  {
    route: "GET plans",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ query: { ...LIST, serviceProviderId: books.providers.anthropic } }),
  },
  {
    route: "POST plans",
    who: WRITES_ALL,
    status: 201,
    request: ({ books }) => ({
      body: {
        serviceProviderId: books.providers.anthropic,
        name: unique("Plan"),
        prorationRule: "prorated",
        minimumSeats: 5,
        includedAllowance: "5x",
      },
    }),
  },
  {
    route: "GET plans/[id]",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ params: { id: books.plans.standard } }),
  },
  {
    route: "PATCH plans/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aPlan(world);
      const body = { name: unique("Plan"), minimumSeats: 2, includedAllowance: "1x", archived: true };
      return { params: { id }, version, body };
    },
  },
  {
    route: "GET plans/[id]/prices",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ params: { id: books.plans.standard } }),
  },
  {
    route: "POST plans/[id]/prices",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => ({
      params: { id: (await aPlan(world)).id },
      body: { startsOn: "2026-01-01", billingInterval: "month", unitPrice: usd(3_000), source: "price page" },
    }),
  },
  {
    route: "GET model-prices",
    who: ALL,
    status: 200,
    request: ({ books }) => ({
      query: { ...LIST, serviceProviderId: books.providers.anthropic, model: "Claude Opus 4.5" },
    }),
  },
  {
    route: "POST model-prices",
    who: WRITES_ALL,
    status: 201,
    request: (world) => ({ body: aModelPrice(world) }),
  },
  { route: "GET model-prices/file", who: ALL, status: 200, request: () => ({}) },
  {
    route: "PUT model-prices/file",
    who: WRITES_ALL,
    status: 200,
    request: () => ({ body: { text: MODEL_PRICE_LIST } }),
  },
  { route: "GET tools", who: ALL, status: 200, request: () => ({}) },
  {
    route: "GET exchange-rates",
    who: ALL,
    status: 200,
    request: () => ({ query: { ...LIST, from: "EUR", to: "USD" } }),
  },
  {
    route: "POST exchange-rates",
    who: WRITES_ALL,
    status: 201,
    request: () => ({
      body: { date: uniqueDay(), from: "EUR", to: "USD", rate: "1.0842", source: "ECB" },
    }),
  },
  {
    route: "GET exchange-rates/[id]",
    who: ALL,
    status: 200,
    request: async (world) => ({ params: { id: (await aRate(world)).id } }),
  },
  {
    route: "PATCH exchange-rates/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aRate(world);
      return { params: { id }, version, body: { rate: "1.2", source: "bank statement" } };
    },
  },
  {
    route: "POST exchange-rates/imports",
    who: WRITES_ALL,
    status: 200,
    request: () => ({
      query: { mode: "commit", currency: "GBP", closedMonths: "correct" },
      file: new TextEncoder().encode(ECB_FILE),
    }),
  },
  {
    route: "GET exchange-rates/missing",
    who: ["owner", "finance", "auditor"],
    status: 200,
    request: () => ({}),
  },
];
