import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, lockBooks, read, transact } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type KnownFinding, statusNow } from "@/lib/domain/finding";
import { findMisuse } from "@/lib/domain/misuse";
import type { Misuse } from "@/lib/domain/misuse-facts";
import {
  findKept,
  findSettings,
  insertFindings,
  type KeptFinding,
  markRefreshed,
  markSeen,
  updateFinding,
} from "@/lib/findings/kept-data";
import { loadMisuseFacts } from "@/lib/findings/load";
import { readLedger } from "@/lib/ledger/read";

type Difference = {
  readonly opened: readonly Misuse[];
  readonly changed: readonly {
    readonly kept: KeptFinding;
    readonly found: Misuse | null;
    readonly now: KnownFinding;
  }[];
  readonly seen: readonly KeptFinding[];
};

/**
 * Asks the rules anew and keeps what changed: new findings open, others change their amount, open again or are gone. It is
 * done by nobody, whoever's look at the findings it comes before.
 */
export async function refreshFindings(ctx: Ctx): Promise<void> {
  const found = await readLedger(ctx, async (db) => {
    const { rules } = await findSettings(db, ctx);
    return findMisuse(await loadMisuseFacts(db, ctx), rules);
  });
  const isCurrent = await read(ctx, async (db) => {
    const { refreshedOn } = await findSettings(db, ctx);
    const { opened, changed, seen } = differences(await findKept(db, ctx), found, ctx);
    return refreshedOn === utcDateOf(ctx.now) && opened.length + changed.length + seen.length === 0;
  });
  if (isCurrent) return;
  await transact({ organizationId: ctx.organization.id }, async (db) => {
    await lockBooks(db, ctx.organization.id);
    await keep(db, ctx, differences(await findKept(db, ctx), found, ctx));
    await markRefreshed(db, ctx);
  });
}

/** Once a day is enough for whoever does not look at the findings themselves. */
export async function refreshFindingsDaily(ctx: Ctx): Promise<void> {
  const { refreshedOn } = await read(ctx, (db) => findSettings(db, ctx));
  if (refreshedOn !== utcDateOf(ctx.now)) await refreshFindings(ctx);
}

const keyOf = ({ rule, subject }: Pick<Misuse, "subject"> & { readonly rule: string }): string =>
  `${rule} ${subject}`;

function differences(
  kept: readonly KeptFinding[],
  found: readonly Misuse[],
  { now: instant }: Ctx,
): Difference {
  const today = utcDateOf(instant);
  const foundBy = new Map(found.map((misuse) => [keyOf(misuse), misuse]));
  const known = new Set(kept.map(keyOf));
  const changed: Difference["changed"][number][] = [];
  const seen: KeptFinding[] = [];
  for (const finding of kept) {
    const misuse = foundBy.get(keyOf(finding)) ?? null;
    const status = statusNow(finding, misuse);
    const isSame = misuse === null || isAsKept(finding, misuse);
    if (status !== finding.status || !isSame) {
      changed.push({ kept: finding, found: misuse, now: knownAs(finding, status) });
    } else if (misuse !== null && finding.lastSeenOn !== today) seen.push(finding);
  }
  return { opened: found.filter((misuse) => !known.has(keyOf(misuse))), changed, seen };
}

/** What was accepted is remembered while it is gone, and forgotten when it opens again. */
const knownAs = ({ acceptedMinor, fixedOn }: KnownFinding, status: KnownFinding["status"]): KnownFinding => ({
  status,
  acceptedMinor: status === "open" ? null : acceptedMinor,
  fixedOn: status === "fixed" ? fixedOn : null,
});

const isAsKept = (kept: KeptFinding, found: Misuse): boolean =>
  kept.amountMinor === found.amountMinor &&
  kept.teamId === found.teamId &&
  sorted(kept.evidence) === sorted(found.evidence);

/** The database keeps the fields of an object in an order of its own. */
const sorted = (evidence: unknown): string =>
  JSON.stringify(evidence, (_key, value) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

async function keep(db: Db, ctx: Ctx, { opened, changed, seen }: Difference): Promise<void> {
  if (opened.length > 0) await insertFindings(db, ctx, opened);
  for (const { kept, found, now } of changed) await updateFinding(db, ctx, kept.id, found, now);
  if (seen.length > 0)
    await markSeen(
      db,
      ctx,
      seen.map(({ id }) => id),
    );
  const turned = (to: KnownFinding["status"]) =>
    changed.filter(({ kept, now }) => kept.status !== to && now.status === to).length;
  const after = { opened: opened.length, reopened: turned("open"), gone: turned("gone") };
  if (after.opened + after.reopened + after.gone === 0) return;
  await recordAudit(
    db,
    { ...ctx, actor: { userId: null }, via: { kind: "server" } },
    { action: "finding.refresh", targetType: "organization", targetId: ctx.organization.id, after },
  );
}
