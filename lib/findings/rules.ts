import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { isRuleOn, MISUSE_RULES, type MisuseSettings, thresholdOf } from "@/lib/domain/misuse-rules";
import { findSettings, type KeptSettings, saveSettings } from "@/lib/findings/kept-data";
import { refreshFindings } from "@/lib/findings/refresh";
import type { FindingRules, RuleChange } from "@/lib/findings/schema";

/** What is looked for, and from where on it is a finding. */
export async function readFindingRules(ctx: Ctx): Promise<FindingRules> {
  authorize(ctx, "advice:read");
  return toRules(ctx, await read(ctx, (db) => findSettings(db, ctx)));
}

/**
 * Sets the rules; one that is not named is as it comes. They are asked at once.
 *
 * @throws DomainError `stale_version`
 */
export async function changeFindingRules(ctx: Ctx, { version, rules }: RuleChange): Promise<FindingRules> {
  authorize(ctx, "organization:write");
  const settings: MisuseSettings = Object.fromEntries(
    rules.map(({ id, on, thresholds }) => [
      id,
      { off: !on, thresholds: Object.fromEntries(thresholds.map((each) => [each.id, each.value])) },
    ]),
  );
  const after = await write(ctx, async (db) => {
    const before = await findSettings(db, ctx);
    await saveSettings(db, ctx, { version, rules: settings });
    await recordAudit(db, ctx, {
      action: "finding_rules.change",
      targetType: "organization",
      targetId: ctx.organization.id,
      before: before.rules,
      after: settings,
    });
    return await findSettings(db, ctx);
  });
  await refreshFindings(ctx);
  return toRules(ctx, after);
}

const toRules = ({ organization }: Ctx, { rules, version }: KeptSettings): FindingRules => ({
  currency: organization.baseCurrency,
  rules: MISUSE_RULES.map(({ id, amount, thresholds }) => ({
    ...{ id, amount, on: isRuleOn(rules, id) },
    thresholds: thresholds.map((each) => ({ ...each, value: thresholdOf(rules, id, each.id) })),
  })),
  version,
});
