import { commitFile, sendFile } from "@/lib/testing/imports";
import { ALL, ENTERS, type Row, unique } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const HEADER =
  "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";

/** Use of a workspace that an invoice covers, so that it moves no total. */
const aFile = () =>
  `${HEADER}\n2026-10-02,Claude Opus 4.5,prod,${unique("key")},message,,output,12.50,token\n`;
const bytes = (text: string) => new TextEncoder().encode(text);

const sent = (world: World) => sendFile(world.owner, { fileName: "cost.csv" }, aFile());
const committed = async (world: World) => commitFile(world.owner, await sent(world));

async function anIdentity(world: World): Promise<string> {
  const { preview } = await sent(world);
  return preview?.identities[0]?.id ?? "";
}

const options = ({ books }: World) => ({
  memberId: books.members.ada,
  serviceProviderId: books.providers.anthropic,
  dateOrder: "day_month",
  decimalSign: "point",
});

export const USAGE: readonly Row[] = [
  { route: "GET imports", who: ENTERS, status: 200, request: () => ({ query: { limit: "10" } }) },
  {
    route: "POST imports",
    who: ENTERS,
    status: 201,
    request: (world) => ({ query: { fileName: "cost.csv", ...options(world) }, file: bytes(aFile()) }),
  },
  {
    route: "GET imports/[id]",
    who: ENTERS,
    status: 200,
    request: async (world) => ({ params: { id: (await sent(world)).id } }),
  },
  {
    route: "PATCH imports/[id]",
    who: ENTERS,
    status: 200,
    request: async (world) => {
      const { id, version } = await sent(world);
      return { params: { id }, version, body: options(world) };
    },
  },
  {
    route: "DELETE imports/[id]",
    who: ENTERS,
    status: 204,
    request: async (world) => ({ params: { id: (await sent(world)).id } }),
  },
  {
    route: "PUT imports/[id]/commit",
    who: ENTERS,
    status: 200,
    request: async (world) => ({ params: { id: (await sent(world)).id }, body: { skipBadRows: true } }),
  },
  {
    route: "DELETE imports/[id]/commit",
    who: ENTERS,
    status: 200,
    request: async (world) => ({ params: { id: (await committed(world)).id } }),
  },
  {
    route: "GET imports/templates/[name]",
    who: ENTERS,
    status: 200,
    request: () => ({ params: { name: "people-and-seats.csv" } }),
  },
  {
    route: "GET identities",
    who: ENTERS,
    status: 200,
    request: ({ books }) => ({
      query: { limit: "10", serviceProviderId: books.providers.anthropic, unmatched: "false" },
    }),
  },
  {
    route: "PUT identities/[id]/match",
    who: ENTERS,
    status: 200,
    request: async (world) => ({
      params: { id: await anIdentity(world) },
      body: {
        memberId: world.books.members.ada,
        apiAccountId: world.books.accounts.dev,
        startsOn: "2026-01-01",
      },
    }),
  },
  {
    route: "DELETE identities/[id]/match",
    who: ENTERS,
    status: 200,
    request: async (world) => ({ params: { id: await anIdentity(world) } }),
  },
  {
    route: "GET usage",
    who: ALL,
    status: 200,
    request: () => ({ query: { from: "2026-10", to: "2026-11", groupBy: "model" } }),
  },
  {
    route: "GET usage/rows",
    who: ALL,
    status: 200,
    request: ({ books }) => ({
      query: {
        from: "2026-10",
        to: "2026-11",
        limit: "10",
        memberId: books.members.ben,
        apiAccountId: books.accounts.prod,
        productId: "none",
        serviceProviderId: books.providers.anthropic,
        model: "claude-opus-4-5",
        day: "2026-10-02",
      },
    }),
  },
];
