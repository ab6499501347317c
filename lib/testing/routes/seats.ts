import { createAssignment } from "@/lib/assignments/service";
import { createMember } from "@/lib/members/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { addTerm, createSubscription } from "@/lib/subscriptions/service";
import { usd } from "@/lib/testing/invoices";
import { ALL, OWN_TEAM, type Row, SEES_PLATFORM, unique } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const term = ({ books }: World) => ({
  planId: books.plans.standard,
  startsOn: "2026-03-01",
  seats: 5,
  unitPrice: usd(2_500),
});

const contract = (world: World) => ({
  name: unique("Contract"),
  serviceProviderId: world.books.providers.anthropic,
  teamId: world.books.teams.platform,
  billingInterval: "month" as const,
  billingAnchor: "2026-03-01",
  terms: [term(world)],
});

/** A contract of Platform with five seats, nobody in them. */
const aContract = (world: World) => createSubscription(world.owner, subscriptionInput.parse(contract(world)));

const anAssignment = async (world: World) =>
  createAssignment(world.owner, {
    subscriptionId: (await aContract(world)).id,
    planId: world.books.plans.standard,
    memberId: world.books.members.ben,
    startsOn: "2026-03-01",
    endsOn: null,
    purpose: null,
    productId: null,
  });

const aMember = ({ owner, books }: World) =>
  createMember(owner, {
    name: unique("Eve"),
    kind: "person",
    email: null,
    aliases: [],
    teamId: books.teams.platform,
    startsOn: "2026-01-01",
  });

const holder = ({ books, product }: World) => ({
  planId: books.plans.standard,
  memberId: books.members.ada,
  startsOn: "2026-03-01",
  endsOn: "2026-06-01",
  purpose: "product_running",
  productId: product,
});

export const SEATS: readonly Row[] = [
  {
    route: "GET subscriptions",
    who: ALL,
    status: 200,
    request: ({ books }) => ({
      query: { limit: "200", serviceProviderId: books.providers.anthropic, on: "2026-10-15" },
    }),
  },
  {
    route: "POST subscriptions",
    who: OWN_TEAM,
    status: 201,
    request: (world) => ({
      body: {
        ...contract(world),
        renewsOn: "2027-03-01",
        noticeDays: 30,
        defaultPurpose: "developer_leverage",
        defaultProductId: world.product,
        note: "signed by finance",
        assignments: [holder(world)],
      },
    }),
  },
  {
    route: "GET subscriptions/[id]",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({ params: { id: books.subscriptions.claudeTeam } }),
  },
  {
    route: "PATCH subscriptions/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, version } = await aContract(world);
      return {
        params: { id },
        version,
        body: {
          name: unique("Contract"),
          teamId: world.books.teams.platform,
          renewsOn: "2027-03-01",
          noticeDays: 60,
          defaultPurpose: "product_running",
          defaultProductId: world.product,
          endsOn: "2026-09-01",
          note: "ends early",
        },
      };
    },
  },
  {
    route: "GET subscriptions/[id]/terms",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({ params: { id: books.subscriptions.claudeTeam } }),
  },
  {
    route: "POST subscriptions/[id]/terms",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 201,
    request: async (world) => ({
      params: { id: (await aContract(world)).id },
      body: { ...term(world), startsOn: "2026-04-01", seats: 6 },
    }),
  },
  {
    route: "PATCH subscriptions/[id]/terms/[termId]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, terms } = await aContract(world);
      return {
        params: { id, termId: terms[0]?.id ?? "" },
        body: { startsOn: "2026-03-15", seats: 4, unitPrice: usd(2_000) },
      };
    },
  },
  {
    route: "DELETE subscriptions/[id]/terms/[termId]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id } = await aContract(world);
      const { terms } = await addTerm(world.owner, { id, ...term(world), startsOn: "2026-04-01" });
      return { params: { id, termId: terms[1]?.id ?? "" } };
    },
  },
  {
    route: "GET assignments",
    who: ALL,
    status: 200,
    request: ({ books }) => ({
      query: {
        limit: "200",
        subscriptionId: books.subscriptions.claudeTeam,
        memberId: books.members.ben,
        on: "2026-10-15",
      },
    }),
  },
  {
    route: "POST assignments",
    who: OWN_TEAM,
    status: 201,
    request: async (world) => ({
      body: { subscriptionId: (await aContract(world)).id, ...holder(world) },
    }),
  },
  {
    route: "GET assignments/[id]",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => ({ params: { id: (await anAssignment(world)).id } }),
  },
  {
    route: "PATCH assignments/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, version } = await anAssignment(world);
      const body = {
        startsOn: "2026-03-02",
        endsOn: "2026-07-01",
        purpose: "product_running",
        productId: world.product,
      };
      return { params: { id }, version, body };
    },
  },
  {
    route: "POST assignment-batches",
    who: OWN_TEAM,
    status: 201,
    request: async (world) => ({
      body: {
        subscriptionId: (await aContract(world)).id,
        planId: world.books.plans.standard,
        startsOn: "2026-03-01",
        members: [
          { memberId: (await aMember(world)).id },
          { name: unique("Fay"), email: `${unique("fay").replace(" ", ".")}@example.test` },
        ],
        createMissing: true,
        teamId: world.books.teams.platform,
        dryRun: false,
      },
    }),
  },
];
