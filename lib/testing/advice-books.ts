import type { Ctx } from "@/lib/auth/ctx";
import { seedCatalogue } from "@/lib/catalogue/data";
import { listPlans, listServiceProviders } from "@/lib/catalogue/service";
import { transact } from "@/lib/db/client";
import { everyPage } from "@/lib/fields/every-page";
import { createMember } from "@/lib/members/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { createSubscription } from "@/lib/subscriptions/service";
import { createTeam } from "@/lib/teams/service";
import { commitFile, sendFile } from "@/lib/testing/imports";

/** Tokens of one day, as logs of Claude Code tell them. */
export type LoggedDay = {
  readonly day: string;
  readonly model?: string;
  readonly batch?: boolean;
  readonly input?: number;
  readonly write5m?: number;
  readonly write1h?: number;
  readonly read?: number;
  readonly output?: number;
};

/** The first days of a month, on each of which the same was used. */
export const daysOf = (month: string, count: number, use: Omit<LoggedDay, "day">): LoggedDay[] =>
  Array.from({ length: count }, (_, index) => ({
    ...use,
    day: `${month}-${String(index + 1).padStart(2, "0")}`,
  }));

let replies = 0;

function line({ day, model = "claude-opus-5-5", batch, ...tokens }: LoggedDay): string {
  const { input = 0, write5m = 0, write1h = 0, read = 0, output = 0 } = tokens;
  const id = `reply-${replies++}`;
  return JSON.stringify({
    timestamp: `${day}T10:00:00.000Z`,
    requestId: id,
    message: {
      ...{ id, model },
      usage: {
        ...{ input_tokens: input, output_tokens: output, cache_read_input_tokens: read },
        cache_creation_input_tokens: write5m + write1h,
        cache_creation: { ephemeral_5m_input_tokens: write5m, ephemeral_1h_input_tokens: write1h },
        ...(batch && { service_tier: "batch" }),
      },
    },
  });
}

/** Sends somebody's logs in, and puts them into the books. */
export async function importLogs(ctx: Ctx, memberId: string, days: readonly LoggedDay[]): Promise<void> {
  const input = { fileName: `${memberId}.jsonl`, memberId };
  await commitFile(ctx, await sendFile(ctx, input, `${days.map(line).join("\n")}\n`));
}

type SeatsOf = {
  readonly name: string;
  readonly provider: string;
  readonly plan: string;
  readonly teamId: string;
  readonly seats: number;
  readonly unitPriceMinor: number;
  readonly holders: readonly string[];
  readonly currency?: string;
  readonly interval?: "month" | "year";
  readonly startsOn?: string;
  readonly renewsOn?: string;
  readonly noticeDays?: number;
};

/** Books with the catalogue to start with, two teams, and whoever is named in the first of them. */
export async function cataloguedBooks(ctx: Ctx, names: readonly string[]) {
  const { id: organizationId } = ctx.organization;
  await transact({ organizationId }, (db) => seedCatalogue(db, organizationId, ctx.now));
  const providers = await everyPage((page) => listServiceProviders(ctx, page));
  const plans = await everyPage((page) => listPlans(ctx, page));
  const idOf = (rows: readonly { readonly id: string; readonly name: string }[], name: string): string => {
    const row = rows.find((each) => each.name === name);
    if (!row) throw new Error(`there is no ${name}`);
    return row.id;
  };
  const { id: platform } = await createTeam(ctx, { name: "Platform", code: "P" });
  const { id: growth } = await createTeam(ctx, { name: "Growth", code: "G" });
  const members = new Map<string, string>();
  for (const name of names) {
    const fields = { name, kind: "person" as const, email: null, aliases: [], startsOn: "2026-01-01" };
    members.set(name, (await createMember(ctx, { ...fields, teamId: platform })).id);
  }
  const member = (name: string) => members.get(name) ?? "";
  const contract = async (of: SeatsOf) => {
    const planId = idOf(plans, of.plan);
    const startsOn = of.startsOn ?? "2026-08-01";
    const unitPrice = { minor: of.unitPriceMinor, currency: of.currency ?? "USD" };
    return await createSubscription(
      ctx,
      subscriptionInput.parse({
        ...{ name: of.name, serviceProviderId: idOf(providers, of.provider), teamId: of.teamId },
        ...{ billingInterval: of.interval ?? "month", billingAnchor: startsOn },
        ...{ renewsOn: of.renewsOn ?? null, noticeDays: of.noticeDays ?? null },
        terms: [{ planId, startsOn, seats: of.seats, unitPrice }],
        assignments: of.holders.map((name) => ({ planId, startsOn, memberId: member(name) })),
      }),
    );
  };
  return {
    teams: { platform, growth },
    member,
    provider: (name: string) => idOf(providers, name),
    plan: (name: string) => idOf(plans, name),
    contract,
  };
}
