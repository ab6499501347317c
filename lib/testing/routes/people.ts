import { createMember } from "@/lib/members/service";
import { readOrganization } from "@/lib/organization/service";
import { createProduct } from "@/lib/products/service";
import { addLead, createTeam } from "@/lib/teams/service";
import { ALL, OWN_TEAM, OWNER, type Row, SEES_PLATFORM, unique, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const aTeam = (world: World) => createTeam(world.owner, { name: unique("Team"), code: unique("C") });

const aMember = (world: World) =>
  createMember(world.owner, {
    name: unique("Dana"),
    kind: "person",
    email: null,
    aliases: [],
    teamId: world.books.teams.platform,
    startsOn: "2026-01-01",
  });

const aProduct = (world: World) => createProduct(world.owner, { name: unique("Product"), endsOn: null });

const LIST = { limit: "200" };

export const PEOPLE: readonly Row[] = [
  { route: "GET teams", who: ALL, status: 200, request: () => ({ query: LIST }) },
  {
    route: "POST teams",
    who: WRITES_ALL,
    status: 201,
    request: () => ({ body: { name: unique("Team"), code: unique("C") } }),
  },
  {
    route: "GET teams/[id]",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ params: { id: books.teams.platform } }),
  },
  {
    route: "PATCH teams/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aTeam(world);
      return { params: { id }, version, body: { name: unique("Team"), code: unique("C"), archived: true } };
    },
  },
  {
    route: "POST teams/[id]/leads",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => ({
      params: { id: (await aTeam(world)).id },
      body: { memberId: world.books.members.cem, startsOn: "2026-02-01", endsOn: "2026-03-01" },
    }),
  },
  {
    route: "PATCH teams/[id]/leads/[leadId]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id } = await aTeam(world);
      const lead = { id, memberId: world.books.members.ben, startsOn: "2026-02-01", endsOn: null };
      const { leads } = await addLead(world.owner, lead);
      return { params: { id, leadId: leads[0]?.id ?? "" }, body: { endsOn: "2026-03-01" } };
    },
  },
  {
    route: "GET members",
    who: ALL,
    status: 200,
    request: ({ books }) => ({ query: { ...LIST, teamId: books.teams.platform } }),
  },
  {
    route: "POST members",
    who: OWN_TEAM,
    status: 201,
    request: ({ books }) => ({
      body: {
        name: unique("Dana"),
        kind: "person",
        email: `${unique("dana").replace(" ", ".")}@example.test`,
        aliases: ["D. Ana"],
        teamId: books.teams.platform,
        startsOn: "2026-01-01",
      },
    }),
  },
  {
    route: "GET members/[id]",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({ params: { id: books.members.ben } }),
  },
  {
    route: "PATCH members/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, version } = await aMember(world);
      return {
        params: { id },
        version,
        body: {
          name: unique("Dana"),
          kind: "service",
          email: `${unique("dana").replace(" ", ".")}@example.test`,
          aliases: ["Dana A."],
          archived: true,
        },
      };
    },
  },
  {
    route: "PUT members/[id]/merge",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, version } = await aMember(world);
      return { params: { id }, version, body: { intoMemberId: (await aMember(world)).id } };
    },
  },
  {
    route: "PUT members/[id]/erasure",
    who: OWNER,
    fresh: true,
    status: 200,
    request: async (world) => {
      const { id, version } = await aMember(world);
      return { params: { id }, version, body: { reason: "Asked for it" } };
    },
  },
  {
    route: "GET members/[id]/data",
    who: ["owner", "member"],
    fresh: true,
    status: 200,
    request: ({ books }) => ({ params: { id: books.members.ben } }),
  },
  {
    route: "GET members/[id]/memberships",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({ params: { id: books.members.ben } }),
  },
  {
    route: "POST members/[id]/memberships",
    who: OWN_TEAM,
    status: 201,
    request: async (world) => ({
      params: { id: (await aMember(world)).id },
      body: { teamId: world.books.teams.platform, startsOn: "2026-05-01", endsOn: "2026-06-01" },
    }),
  },
  { route: "GET products", who: ALL, status: 200, request: () => ({ query: LIST }) },
  {
    route: "POST products",
    who: WRITES_ALL,
    status: 201,
    request: () => ({ body: { name: unique("Product"), endsOn: "2027-01-01" } }),
  },
  {
    route: "GET products/[id]",
    who: ALL,
    status: 200,
    request: ({ product }) => ({ params: { id: product } }),
  },
  {
    route: "PATCH products/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aProduct(world);
      return { params: { id }, version, body: { name: unique("Product"), endsOn: "2027-01-01" } };
    },
  },
  { route: "GET organization", who: ALL, status: 200, request: () => ({}) },
  { route: "GET organization/data", who: OWNER, fresh: true, status: 200, request: () => ({}) },
  // With the right name it would be the world's end: lib/removal/removal.db.test.ts.
  {
    route: "PUT organization/removal",
    who: OWNER,
    fresh: true,
    status: 400,
    request: () => ({ body: { name: "Another name" } }),
  },
  {
    route: "PATCH organization",
    who: OWNER,
    status: 200,
    // They stay once there are seats.
    omits: ["baseCurrency", "booksStart"],
    request: async ({ owner }) => ({
      version: (await readOrganization(owner)).version,
      body: {
        name: unique("Northwind"),
        fiscalYearStart: 4,
        personAnalysis: "on",
        minimumGroupSize: 5,
        toleranceMinor: 250,
        tolerancePerMille: 2,
        closingNeedsApproval: false,
      },
    }),
  },
];
