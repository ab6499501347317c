import { createAssignment } from "@/lib/assignments/service";
import { createLeave } from "@/lib/leaves/service";
import { createMember } from "@/lib/members/service";
import { createFeed } from "@/lib/renewals/feed";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { usd } from "@/lib/testing/invoices";
import { ANYBODY, OWN_TEAM, type Row, SEES_PLATFORM, unique } from "@/lib/testing/routes/row";
import { SCENARIOS } from "@/lib/testing/routes/scenarios";
import type { SignedIn, World } from "@/lib/testing/world";

const PLANS_AHEAD: readonly SignedIn[] = ["owner", "finance", "lead", "otherLead", "auditor"];

/** A seat of Ben's in a contract of Platform with five. */
async function aSeat({ owner, books }: World) {
  const seat = { planId: books.plans.standard, startsOn: "2026-03-01" };
  const { id } = await createSubscription(
    owner,
    subscriptionInput.parse({
      ...{ name: unique("Contract"), serviceProviderId: books.providers.anthropic },
      ...{ teamId: books.teams.platform, billingInterval: "month", billingAnchor: "2026-03-01" },
      terms: [{ ...seat, seats: 5, unitPrice: usd(2_500) }],
    }),
  );
  const rest = { endsOn: null, purpose: null, productId: null };
  const holder = { subscriptionId: id, memberId: books.members.ben };
  return await createAssignment(owner, { ...seat, ...holder, ...rest });
}

const somebody = async ({ owner, books }: World): Promise<string> =>
  (
    await createMember(owner, {
      ...{ name: unique("Gus"), kind: "person", email: null, aliases: [] },
      ...{ teamId: books.teams.platform, startsOn: "2026-01-01" },
    })
  ).id;

/** What is bought again and again: when it renews, and who has it without using it. */
export const COMMITMENTS: readonly Row[] = [
  ...SCENARIOS,
  { route: "GET renewals", who: PLANS_AHEAD, status: 200, request: () => ({ query: { months: "13" } }) },
  { route: "GET renewals/feed", who: PLANS_AHEAD, status: 200, request: () => ({}) },
  { route: "PUT renewals/feed", who: PLANS_AHEAD, status: 200, request: () => ({ body: {} }) },
  {
    route: "DELETE renewals/feed",
    who: PLANS_AHEAD,
    status: 204,
    request: async ({ actors }, who) => {
      if (PLANS_AHEAD.includes(who)) await createFeed(actors[who]);
      return {};
    },
  },
  {
    route: "GET calendars/[file]",
    who: ANYBODY,
    status: 200,
    request: async ({ owner }) => {
      const { address } = await createFeed(owner);
      return { params: { file: address.slice(address.lastIndexOf("/") + 1) } };
    },
  },
  {
    route: "GET idle-seats",
    who: PLANS_AHEAD,
    status: 200,
    request: () => ({ query: { days: "30", limit: "10" } }),
  },
  {
    route: "POST idle-seats/reductions",
    who: OWN_TEAM,
    status: 201,
    request: async (world) => {
      const { id, subscription, plan } = await aSeat(world);
      return {
        body: {
          ...{ subscriptionId: subscription.id, planId: plan.id, startsOn: "2026-06-01", seats: 4 },
          ...{ unitPrice: usd(2_500), endAssignmentIds: [id] },
        },
      };
    },
  },
  {
    route: "POST assignments/[id]/reassignment",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 201,
    request: async (world) => {
      const { id, version } = await aSeat(world);
      return { params: { id }, version, body: { memberId: await somebody(world), startsOn: "2026-04-01" } };
    },
  },
  {
    route: "GET members/[id]/leaves",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({ params: { id: books.members.ben } }),
  },
  {
    route: "POST members/[id]/leaves",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 201,
    request: async (world) => ({
      params: { id: await somebody(world) },
      body: { startsOn: "2026-11-01", endsOn: "2027-03-01" },
    }),
  },
  {
    route: "DELETE members/[id]/leaves/[leaveId]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 204,
    request: async (world) => {
      const id = await somebody(world);
      const leave = await createLeave(world.owner, { id, startsOn: "2026-11-01", endsOn: null });
      return { params: { id, leaveId: leave.id } };
    },
  },
];
