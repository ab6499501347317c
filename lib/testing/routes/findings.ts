import { MISUSE_RULES } from "@/lib/domain/misuse-rules";
import { readFindingRules } from "@/lib/findings/rules";
import type { Finding } from "@/lib/findings/schema";
import { listFindings } from "@/lib/findings/service";
import { createMember } from "@/lib/members/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { ALL, OWN_TEAM, OWNER, type Row, unique } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

/** A seat behind a service of Platform, at 25.00 a month, and what the rules find in it. */
export async function aFinding({ owner, books }: World): Promise<Finding> {
  const startsOn = "2026-10-01";
  const { id: memberId } = await createMember(owner, {
    ...{ name: unique("Runner"), kind: "service", email: null, aliases: [] },
    ...{ teamId: books.teams.platform, startsOn },
  });
  const seat = { planId: books.plans.standard, startsOn };
  await createSubscription(
    owner,
    subscriptionInput.parse({
      ...{ name: unique("Contract"), serviceProviderId: books.providers.anthropic },
      ...{ teamId: books.teams.platform, billingInterval: "month", billingAnchor: startsOn },
      terms: [{ ...seat, seats: 1, unitPrice: { minor: 2_500, currency: "USD" } }],
      assignments: [{ ...seat, memberId }],
    }),
  );
  const { data } = await listFindings(owner, { limit: 200, rule: "seat_behind_service" });
  const finding = data.find(({ member }) => member?.id === memberId);
  if (!finding) throw new Error("the rules found nothing in a seat behind a service");
  return finding;
}

export const FINDINGS: readonly Row[] = [
  {
    route: "GET findings",
    who: ALL,
    status: 200,
    request: () => ({ query: { status: "open", rule: "personal_key", limit: "10" } }),
  },
  {
    route: "GET findings/[id]",
    who: ["owner", "finance", "lead", "auditor"],
    hiddenFrom: ["otherLead", "member"],
    status: 200,
    request: async (world) => ({ params: { id: (await aFinding(world)).id } }),
  },
  {
    route: "PATCH findings/[id]",
    who: OWN_TEAM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: async (world) => {
      const { id, version } = await aFinding(world);
      const body = { status: "accepted", reason: "It moves in January.", ownerId: world.books.members.ada };
      return { params: { id }, version, body };
    },
  },
  { route: "GET finding-rules", who: ALL, status: 200, request: () => ({}) },
  {
    route: "PUT finding-rules",
    who: OWNER,
    status: 200,
    request: async ({ owner }) => ({
      version: (await readFindingRules(owner)).version,
      body: {
        rules: MISUSE_RULES.map(({ id, thresholds }) => ({
          ...{ id, on: true },
          thresholds: thresholds.map((each) => ({ id: each.id, value: each.usual })),
        })),
      },
    }),
  },
];
