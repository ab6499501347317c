import { addDays, utcDateOf } from "@/lib/domain/calendar-date";
import { invite } from "@/lib/invitations/service";
import { ALL, ANYBODY, OWNER, type Row, unique } from "@/lib/testing/routes/row";
import { aSecondFactor, codeAt } from "@/lib/testing/second-factor";
import { aToken } from "@/lib/testing/tokens";
import { aColleague, aResetToken, aSession, givePassword, PASSWORD, type World } from "@/lib/testing/world";
import { suspendUser } from "@/lib/users/service";

const invitation = () => ({
  email: `${unique("gil").replace(" ", ".")}@example.test`,
  name: unique("Gil"),
  roles: ["lead" as const],
});

const anInvitation = ({ owner }: World) =>
  invite(owner, { ...invitation(), teamIds: [], memberId: null, roleEndsOn: null });

const firstRun = () => ({
  organization: { name: "Second", baseCurrency: "USD", fiscalYearStart: 1, booksStart: "2026-01" },
  owner: { name: "Olga", email: "olga@example.test", password: PASSWORD },
});

export const ACCESS: readonly Row[] = [
  // Everybody may ask, but there is an organization already.
  { route: "POST setup", who: ANYBODY, status: 409, request: () => ({ body: firstRun() }) },
  { route: "GET openapi.json", who: ANYBODY, status: 200, request: () => ({}) },
  {
    route: "POST session",
    who: ANYBODY,
    status: 200,
    request: async (world) => {
      await givePassword(world);
      return { body: { email: world.ownerEmail, password: PASSWORD, connect: false } };
    },
  },
  {
    route: "PUT session",
    who: ALL,
    status: 200,
    request: ({ owner }) => ({ body: { organizationId: owner.organization.id } }),
  },
  {
    route: "PUT session/proof",
    who: ALL,
    status: 204,
    request: async (world, who) => {
      await givePassword(world, who);
      const { secret } = await aSecondFactor(world, who);
      return { body: { password: PASSWORD, code: codeAt(secret) } };
    },
  },
  { route: "GET account", who: ALL, status: 200, request: () => ({}) },
  { route: "PATCH account", who: ALL, status: 200, request: () => ({ body: { name: unique("Ada") } }) },
  {
    route: "PUT account/password",
    who: ALL,
    status: 204,
    request: async (world, who) => {
      await givePassword(world, who);
      return { body: { current: PASSWORD, password: PASSWORD } };
    },
  },
  {
    route: "POST password-resets",
    who: ANYBODY,
    status: 204,
    request: ({ ownerEmail: email }) => ({ body: { email } }),
  },
  {
    route: "PUT password-resets",
    who: ANYBODY,
    status: 204,
    request: async () => ({ body: { token: await aResetToken(), password: PASSWORD } }),
  },
  { route: "DELETE session", who: ALL, status: 204, request: () => ({}) },
  { route: "GET sessions", who: ALL, status: 200, request: () => ({}) },
  { route: "DELETE sessions", who: ALL, fresh: true, status: 204, request: () => ({}) },
  {
    route: "DELETE sessions/[id]",
    who: ALL,
    fresh: true,
    status: 204,
    request: async (world, who) => ({ params: { id: await aSession(world, who) } }),
  },
  { route: "GET users", who: ["owner", "finance", "auditor"], status: 200, request: () => ({}) },
  {
    route: "PATCH users/[id]",
    who: OWNER,
    fresh: true,
    status: 200,
    request: async (world) => ({
      params: { id: await aColleague(world) },
      body: {
        roles: ["lead", "auditor"],
        roleEndsOn: "2030-01-01",
        teamIds: [world.books.teams.growth],
      },
    }),
  },
  {
    route: "DELETE users/[id]",
    who: OWNER,
    fresh: true,
    status: 204,
    request: async (world) => ({ params: { id: await aColleague(world) } }),
  },
  {
    route: "PUT users/[id]/suspension",
    who: OWNER,
    fresh: true,
    status: 200,
    request: async (world) => ({ params: { id: await aColleague(world) }, body: {} }),
  },
  {
    route: "DELETE users/[id]/suspension",
    who: OWNER,
    fresh: true,
    status: 200,
    request: async (world) => {
      const id = await aColleague(world);
      await suspendUser(world.owner, { id });
      return { params: { id } };
    },
  },
  {
    route: "DELETE users/[id]/sessions",
    who: OWNER,
    fresh: true,
    status: 204,
    request: async (world) => ({ params: { id: await aColleague(world) } }),
  },
  { route: "GET invitations", who: OWNER, status: 200, request: () => ({}) },
  {
    route: "POST invitations",
    who: OWNER,
    fresh: true,
    status: 201,
    request: ({ books }) => ({
      body: {
        ...invitation(),
        teamIds: [books.teams.growth],
        memberId: books.members.ben,
        roleEndsOn: "2030-01-01",
      },
    }),
  },
  {
    route: "DELETE invitations/[id]",
    who: OWNER,
    status: 204,
    request: async (world) => ({ params: { id: (await anInvitation(world)).id } }),
  },
  {
    route: "PUT invitations/[id]/link",
    who: OWNER,
    fresh: true,
    status: 200,
    request: async (world) => ({ params: { id: (await anInvitation(world)).id }, body: {} }),
  },
  {
    route: "POST invitations/acceptance",
    who: ANYBODY,
    status: 204,
    request: async (world) => {
      const { link } = await anInvitation(world);
      return { body: { token: link?.split("/").at(-1), name: "Gil", password: PASSWORD } };
    },
  },
  { route: "GET tokens", who: ALL, status: 200, request: () => ({}) },
  {
    route: "POST tokens",
    who: ALL,
    fresh: true,
    status: 201,
    request: (_, who) => ({
      body: {
        name: unique("Nightly"),
        scopes: ["read", "write_facts"],
        expiresOn: addDays(utcDateOf(new Date()), 30),
        survives: who === "owner",
      },
    }),
  },
  {
    route: "DELETE tokens/[id]",
    who: ALL,
    fresh: true,
    status: 204,
    request: async (world, who) => ({ params: { id: (await aToken(world, who)).id } }),
  },
  { route: "GET messages", who: OWNER, status: 200, request: () => ({ query: { limit: "200" } }) },
  { route: "PUT demo-data", who: OWNER, status: 200, request: () => ({ body: {} }) },
  { route: "DELETE demo-data", who: OWNER, status: 204, request: () => ({}) },
];
