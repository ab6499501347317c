import { createAccount } from "@/lib/accounts/service";
import { usd } from "@/lib/testing/invoices";
import { type Row, unique, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const READS_ACCOUNTS: Row["who"] = ["owner", "finance", "lead", "otherLead", "auditor"];

const anAccount = ({ owner, books }: World) =>
  createAccount(owner, {
    parentId: books.accounts.organization,
    serviceProviderId: books.providers.anthropic,
    kind: "workspace",
    name: unique("workspace"),
    externalId: null,
    toolId: null,
    monthlySpendLimit: null,
    startsOn: null,
    endsOn: null,
    classification: null,
  });

const shares = ({ books, product }: World) => [
  {
    basisPoints: 6_000,
    purpose: "product_running",
    teamId: books.teams.growth,
    productId: product,
    memberId: null,
  },
  {
    basisPoints: 4_000,
    purpose: "developer_leverage",
    teamId: books.teams.platform,
    productId: null,
    memberId: books.members.ada,
  },
];

const fields = ({ books, tool }: World) => ({
  parentId: books.accounts.organization,
  kind: "key",
  name: unique("key"),
  externalId: unique("id"),
  toolId: tool,
  monthlySpendLimit: usd(100_000),
  startsOn: "2026-01-01",
  endsOn: "2026-12-01",
});

export const ACCOUNTS: readonly Row[] = [
  {
    route: "GET api-accounts",
    who: READS_ACCOUNTS,
    status: 200,
    request: ({ books }) => ({ query: { limit: "200", serviceProviderId: books.providers.anthropic } }),
  },
  {
    route: "POST api-accounts",
    who: WRITES_ALL,
    status: 201,
    request: (world) => ({
      body: {
        ...fields(world),
        serviceProviderId: world.books.providers.anthropic,
        classification: { startsOn: "2026-01-01", shares: shares(world) },
      },
    }),
  },
  {
    route: "GET api-accounts/[id]",
    who: READS_ACCOUNTS,
    status: 200,
    request: ({ books }) => ({ params: { id: books.accounts.prod } }),
  },
  {
    route: "PATCH api-accounts/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await anAccount(world);
      return { params: { id }, version, body: fields(world) };
    },
  },
  {
    route: "GET api-accounts/[id]/classifications",
    who: READS_ACCOUNTS,
    status: 200,
    request: ({ books }) => ({ params: { id: books.accounts.prod } }),
  },
  {
    route: "POST api-accounts/[id]/classifications",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => ({
      params: { id: (await anAccount(world)).id },
      body: { startsOn: "2026-05-01", shares: shares(world) },
    }),
  },
];
