import "server-only";

import { createAccount } from "@/lib/accounts/service";
import type { Ctx } from "@/lib/auth/ctx";
import { listPlans, listServiceProviders, listTools } from "@/lib/catalogue/service";
import { type Cast, idOf } from "@/lib/demo/cast";
import { buildInvoices } from "@/lib/demo/invoices";
import { buildScenario } from "@/lib/demo/scenario";
import {
  ACCOUNTS,
  type Calendar,
  CONTRACTS,
  MEMBERS,
  PRODUCTS,
  RATE,
  type StoryAccount,
  type StoryContract,
  type StoryShare,
  TEAMS,
  type TeamKey,
} from "@/lib/demo/story";
import { buildUsage } from "@/lib/demo/usage";
import { addMonths } from "@/lib/domain/calendar-date";
import { everyPage } from "@/lib/fields/every-page";
import { addMembership, createMember } from "@/lib/members/service";
import { createProduct } from "@/lib/products/service";
import { createRate } from "@/lib/rates/service";
import { createSubscription } from "@/lib/subscriptions/service";
import { changeTeam, createTeam, readTeam } from "@/lib/teams/service";

/** Enters the whole story through the same services as a person would, so that it obeys the same rules. */
export async function buildDemo(ctx: Ctx, calendar: Calendar, firstTeamId: string): Promise<void> {
  const team = await buildTeams(ctx, firstTeamId);
  const cast: Cast = {
    team,
    member: await buildMembers(ctx, calendar, team),
    product: await buildProducts(ctx),
    provider: byName(await everyPage((page) => listServiceProviders(ctx, page))),
    plan: byName(await everyPage((page) => listPlans(ctx, page))),
    tool: byName((await listTools(ctx)).data),
  };
  const { on, ...rate } = RATE;
  await createRate(ctx, { ...rate, date: calendar.day(on), source: "made up" });
  const contracts = new Map<string, string>();
  for (const contract of CONTRACTS) {
    contracts.set(contract.name, await buildContract(ctx, calendar, cast, contract));
  }
  const account = await buildAccounts(ctx, calendar, cast);
  await buildInvoices(ctx, calendar, cast, account);
  await buildUsage(ctx, calendar, cast);
  await buildScenario(ctx, calendar, cast, contracts);
}

const byName = (rows: readonly { readonly id: string; readonly name: string }[]) =>
  new Map(rows.map(({ id, name }) => [name, id]));

async function buildTeams(ctx: Ctx, firstTeamId: string): Promise<Record<TeamKey, string>> {
  const [first, ...others] = TEAMS;
  const { version } = await readTeam(ctx, { id: firstTeamId });
  await changeTeam(ctx, { id: firstTeamId, version, name: first.name, code: first.code });
  const team: Record<TeamKey, string> = { platform: firstTeamId, product: "", data: "" };
  for (const { key, ...fields } of others) team[key] = (await createTeam(ctx, fields)).id;
  return team;
}

async function buildMembers(ctx: Ctx, calendar: Calendar, team: Record<TeamKey, string>) {
  const ids = new Map<string, string>();
  for (const { name, team: key, from, kind = "person", moves } of MEMBERS) {
    const start = { teamId: team[key], startsOn: calendar.day(from) };
    const email = kind === "person" ? `${name.toLowerCase().replace(" ", ".")}@northwind.example` : null;
    const { id } = await createMember(ctx, { name, kind, email, aliases: [], ...start });
    ids.set(name, id);
    if (moves) {
      const move = { teamId: team[moves.to], startsOn: calendar.day(moves.on), endsOn: null };
      await addMembership(ctx, { id, ...move });
    }
  }
  return ids;
}

async function buildProducts(ctx: Ctx) {
  const ids = new Map<string, string>();
  for (const name of PRODUCTS) ids.set(name, (await createProduct(ctx, { name, endsOn: null })).id);
  return ids;
}

async function buildContract(
  ctx: Ctx,
  { day }: Calendar,
  cast: Cast,
  contract: StoryContract,
): Promise<string> {
  const { name, terms, holders, currency, interval } = contract;
  const planId = idOf(cast.plan, contract.plan);
  const first = terms[0] ? day(terms[0].on) : day([0, 1]);
  const { id } = await createSubscription(ctx, {
    name,
    serviceProviderId: idOf(cast.provider, contract.provider),
    teamId: cast.team[contract.team],
    billingInterval: interval,
    billingAnchor: first,
    renewsOn: contract.renewsAfterMonths ? addMonths(first, contract.renewsAfterMonths) : null,
    noticeDays: contract.noticeDays ?? null,
    defaultPurpose: "developer_leverage",
    defaultProductId: null,
    note: "",
    terms: terms.map(({ on, seats, unitPriceMinor }) => ({
      planId,
      startsOn: day(on),
      seats,
      unitPrice: { minor: unitPriceMinor, currency },
    })),
    assignments: holders.map(({ name: holder, from, until, purpose, product }) => ({
      memberId: idOf(cast.member, holder),
      planId,
      startsOn: day(from),
      endsOn: until ? day(until) : null,
      purpose: purpose ?? null,
      productId: product ? idOf(cast.product, product) : null,
    })),
  });
  return id;
}

async function buildAccounts(ctx: Ctx, { day }: Calendar, cast: Cast) {
  const ids = new Map<string, string>();
  for (const [provider, accounts] of Map.groupBy(ACCOUNTS, (account) => account.provider)) {
    const serviceProviderId = idOf(cast.provider, provider);
    const { id: parentId } = await createAccount(ctx, {
      ...BLANK_ACCOUNT,
      kind: "organization",
      name: `${provider} API`,
      serviceProviderId,
      startsOn: day([0, 1]),
    });
    for (const account of accounts) {
      const { id } = await createAccount(ctx, {
        ...BLANK_ACCOUNT,
        kind: provider === "OpenAI" ? "project" : "workspace",
        name: account.name,
        parentId,
        serviceProviderId,
        toolId: account.tool ? idOf(cast.tool, account.tool) : null,
        startsOn: day(account.from),
        classification: classificationOf(account, cast, day(account.from)),
      });
      ids.set(account.name, id);
    }
  }
  return ids;
}

const BLANK_ACCOUNT = {
  parentId: null,
  externalId: null,
  toolId: null,
  monthlySpendLimit: null,
  endsOn: null,
  classification: null,
};

function classificationOf({ shares }: StoryAccount, cast: Cast, startsOn: string) {
  if (!shares) return null;
  return {
    startsOn,
    shares: shares.map(({ basisPoints, purpose, team, product, member }: StoryShare) => ({
      basisPoints,
      purpose,
      teamId: team ? cast.team[team] : null,
      productId: product ? idOf(cast.product, product) : null,
      memberId: member ? idOf(cast.member, member) : null,
    })),
  };
}
