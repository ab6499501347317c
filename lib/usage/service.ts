import "server-only";

import { createHash } from "node:crypto";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { type Db, read } from "@/lib/db/client";
import { nanoText, parseNano } from "@/lib/domain/decimal";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import { NO_TOKENS, TOKEN_TYPES } from "@/lib/domain/usage";
import type { Page } from "@/lib/fields/schema";
import { findPersonAnalysis, findUsageRows, sumUsage } from "@/lib/usage/data";
import type {
  UsageFilter,
  UsageReport,
  UsageRow,
  UsageRowFilter,
  UsageRowGroup,
  UsageSums,
} from "@/lib/usage/schema";

/**
 * What was used, by person, model, provider, account or day. People are shown as the organization chose: not at all, under
 * pseudonyms and only when there are enough of them, or by name. Everybody may see themselves.
 */
export async function getUsage(ctx: Ctx, filter: UsageFilter): Promise<UsageReport> {
  authorize(ctx, "usage:read");
  return await read(ctx, async (db) => {
    const { personAnalysis, minimumGroupSize } = await findPersonAnalysis(db, ctx);
    const groups = await sumUsage(db, ctx, filter);
    return {
      ...filter,
      personAnalysis,
      groups: filter.groupBy === "member" ? people(ctx, groups, personAnalysis, minimumGroupSize) : groups,
      total: addUp(groups),
    };
  });
}

/** The rows behind a figure. */
export async function listUsageRows(ctx: Ctx, filter: UsageRowFilter): Promise<Page<UsageRow>> {
  authorize(ctx, "usage:read");
  return await read(ctx, async (db) => {
    await assertPerson(db, ctx, filter.memberId);
    return await findUsageRows(db, ctx, filter);
  });
}

async function assertPerson(db: Db, ctx: Ctx, memberId: string | undefined): Promise<void> {
  if (memberId === undefined || memberId === ctx.actor.memberId) return;
  const { personAnalysis } = await findPersonAnalysis(db, ctx);
  if (personAnalysis === "on") return;
  throw new DomainError("forbidden", "This organization does not show what one person used.");
}

function people(
  ctx: Ctx,
  groups: readonly UsageRowGroup[],
  analysis: UsageReport["personAnalysis"],
  minimumGroupSize: number,
): UsageRowGroup[] {
  if (analysis === "on") return [...groups];
  const isOwn = ({ group }: UsageRowGroup) => group !== null && group.id === ctx.actor.memberId;
  const own = groups.filter(isOwn);
  const others = groups.filter((group) => !isOwn(group));
  const persons = others.filter(({ group }) => group !== null);
  const readsOthers = can(ctx.actor.roles, "books:read_all") || can(ctx.actor.roles, "team:read_led");
  if (!readsOthers || others.length === 0) return own;
  if (analysis === "off" || persons.length < minimumGroupSize) {
    return [...own, { ...addUp(others), group: null }];
  }
  return [...own, ...others.map((each) => ({ ...each, group: each.group && pseudonym(ctx, each.group.id) }))];
}

/** The same person has the same pseudonym as long as the organization stands; it does not lead back to the person. */
function pseudonym({ organization }: Ctx, memberId: string) {
  const hash = createHash("sha256").update(`${organization.id} ${memberId}`).digest("hex");
  return { id: `pseudonym-${hash.slice(0, 12)}`, name: `Person ${hash.slice(0, 4).toUpperCase()}` };
}

function addUp(groups: readonly UsageSums[]): UsageSums {
  const costs = new Map<
    string,
    { costKind: UsageSums["costs"][number]["costKind"]; currency: string; nano: bigint }
  >();
  for (const { costKind, currency, cost } of groups.flatMap((group) => group.costs)) {
    const key = `${costKind} ${currency}`;
    const sum = costs.get(key) ?? { costKind, currency, nano: 0n };
    costs.set(key, { ...sum, nano: sum.nano + (parseNano(cost) ?? 0n) });
  }
  const tokens = { ...NO_TOKENS };
  for (const group of groups) {
    for (const type of TOKEN_TYPES) Object.assign(tokens, { [type]: tokens[type] + group.tokens[type] });
  }
  return {
    tokens,
    requests: groups.reduce((sum, { requests }) => sum + requests, 0),
    costs: [...costs.values()].map(({ nano, ...cost }) => ({ ...cost, cost: nanoText(nano) })),
    unpricedTokens: groups.reduce((sum, { unpricedTokens }) => sum + unpricedTokens, 0),
  };
}
