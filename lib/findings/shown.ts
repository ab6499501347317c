import type { Ctx } from "@/lib/auth/ctx";
import type { MisuseEvidence } from "@/lib/domain/misuse-facts";
import { money } from "@/lib/domain/money";
import { can } from "@/lib/domain/permission";
import type { Named } from "@/lib/fields/schema";
import type { FoundRow } from "@/lib/findings/data";
import type { Evidence, Finding } from "@/lib/findings/schema";

/** Whether the actor may say what becomes of a finding: whoever may of all, and a lead of their own teams'. */
export function mayChange({ actor }: Ctx, { team }: Pick<FoundRow, "team">): boolean {
  if (!can(actor.roles, "finding:write")) return false;
  return can(actor.roles, "books:write_all") || (team !== null && actor.ledTeamIds.includes(team.id));
}

/** A finding as it is told; of people whom the actor may not see without a name. */
export function shownFinding(row: FoundRow, ctx: Ctx, names: ReadonlyMap<string, string>): Finding {
  const { apiAccount, amountMinor, acceptedMinor, evidence, ...rest } = row;
  const currency = ctx.organization.baseCurrency;
  return {
    ...rest,
    account: apiAccount,
    amount: money(amountMinor, currency),
    acceptedAmount: acceptedMinor === null ? null : money(acceptedMinor, currency),
    evidence: evidence.map((proof) => shownEvidence(proof, names, currency)),
    mayChange: mayChange(ctx, row),
  };
}

function shownEvidence(
  proof: MisuseEvidence,
  names: ReadonlyMap<string, string>,
  currency: string,
): Evidence {
  const named = (id: string): Named => ({ id, name: names.get(id) ?? "" });
  const seen = (id: string | null): Named | null => (id !== null && names.has(id) ? named(id) : null);
  switch (proof.kind) {
    case "account": {
      const { kind, accountId, since, purpose, toolId } = proof;
      return { kind, account: named(accountId), since, purpose, tool: seen(toolId) };
    }
    case "cost": {
      const { kind, accountId, month, purpose, minor } = proof;
      return { kind, account: named(accountId), month, purpose, amount: money(minor, currency) };
    }
    case "use": {
      const { kind, accountId, memberId, month, days, minor } = proof;
      const amount = money(minor, currency);
      return { kind, account: seen(accountId), member: seen(memberId), month, days, amount };
    }
    case "seat": {
      const { kind, assignmentId, subscriptionId, planId, memberId, startsOn, minor, covered } = proof;
      const [subscription, plan] = [named(subscriptionId), named(planId)];
      const seat = { kind, assignmentId, subscription, plan, member: seen(memberId), startsOn, covered };
      return { ...seat, amount: money(minor, currency) };
    }
    case "plan":
      return { kind: proof.kind, plan: named(proof.planId), amount: money(proof.minor, currency) };
  }
}
