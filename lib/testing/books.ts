import { createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { createPlan, createServiceProvider } from "@/lib/catalogue/service";
import { createMember } from "@/lib/members/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { createTeam } from "@/lib/teams/service";

/** The ids of what `someBooks` made. */
export type SomeBooks = Awaited<ReturnType<typeof someBooks>>;

/**
 * Books to enter invoices into. Teams Platform (Ada, Ben) and Growth (Cem). From 2026-10-01 the contract "Claude Team"
 * of Platform: 5 seats at $25.00 a month, held by Ada and Ben. API accounts: "prod" counts as product running of
 * Growth, "dev" as developer leverage of Platform, "trial" as nothing yet; all of one provider organization.
 */
export async function someBooks(ctx: Ctx) {
  const [platform, growth] = [await team(ctx, "Platform"), await team(ctx, "Growth")];
  const [ada, ben, cem] = [
    await member(ctx, "Ada", platform),
    await member(ctx, "Ben", platform),
    await member(ctx, "Cem", growth),
  ];
  const anthropic = (await createServiceProvider(ctx, { name: "Anthropic", website: null })).id;
  const cursor = (await createServiceProvider(ctx, { name: "Cursor", website: null })).id;
  const standard = await plan(ctx, anthropic, "Team Standard");
  const cursorTeams = await plan(ctx, cursor, "Teams");
  const seat = { planId: standard, startsOn: "2026-10-01" };
  const claudeTeam = await createSubscription(
    ctx,
    subscriptionInput.parse({
      name: "Claude Team",
      serviceProviderId: anthropic,
      teamId: platform,
      billingInterval: "month",
      billingAnchor: "2026-10-01",
      terms: [{ ...seat, seats: 5, unitPrice: { minor: 2_500, currency: "USD" } }],
      assignments: [
        { ...seat, memberId: ada },
        { ...seat, memberId: ben },
      ],
    }),
  );
  const organization = await account(ctx, { name: "Anthropic organization", anthropic });
  const under = { anthropic, parentId: organization };
  return {
    teams: { platform, growth },
    members: { ada, ben, cem },
    providers: { anthropic, cursor },
    plans: { standard, cursorTeams },
    subscriptions: { claudeTeam: claudeTeam.id },
    accounts: {
      organization,
      prod: await account(ctx, { ...under, name: "prod", purpose: "product_running", teamId: growth }),
      dev: await account(ctx, { ...under, name: "dev", purpose: "developer_leverage", teamId: platform }),
      trial: await account(ctx, { ...under, name: "trial" }),
    },
  };
}

const team = async (ctx: Ctx, name: string) => (await createTeam(ctx, { name, code: name })).id;

const member = async (ctx: Ctx, name: string, teamId: string) =>
  (
    await createMember(ctx, {
      name,
      kind: "person",
      email: null,
      aliases: [],
      teamId,
      startsOn: "2026-01-01",
    })
  ).id;

const plan = async (ctx: Ctx, serviceProviderId: string, name: string) =>
  (
    await createPlan(ctx, {
      serviceProviderId,
      name,
      prorationRule: "prorated",
      minimumSeats: 1,
      includedAllowance: null,
    })
  ).id;

type AccountOf = {
  readonly name: string;
  readonly anthropic: string;
  readonly parentId?: string;
  readonly purpose?: "product_running" | "developer_leverage";
  readonly teamId?: string;
};

async function account(ctx: Ctx, { name, anthropic, parentId, purpose, teamId }: AccountOf): Promise<string> {
  const share = purpose && {
    basisPoints: 10_000,
    purpose,
    teamId: teamId ?? null,
    productId: null,
    memberId: null,
  };
  const { id } = await createAccount(ctx, {
    parentId: parentId ?? null,
    serviceProviderId: anthropic,
    kind: parentId ? "workspace" : "organization",
    name,
    externalId: null,
    toolId: null,
    monthlySpendLimit: null,
    startsOn: null,
    endsOn: null,
    classification: share ? { startsOn: "2026-01-01", shares: [share] } : null,
  });
  return id;
}
