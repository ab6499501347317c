import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { nextOffset, offsetOf } from "@/lib/db/page";
import { required } from "@/lib/db/version";
import { DomainError } from "@/lib/domain/errors";
import { money } from "@/lib/domain/money";
import {
  type FoundRow,
  findEvidenceNames,
  findFindings,
  getFinding,
  isPerson,
  saveFinding,
  sumOpen,
} from "@/lib/findings/data";
import { refreshFindings, refreshFindingsDaily } from "@/lib/findings/refresh";
import type { Finding, FindingChange, FindingFilter, Findings } from "@/lib/findings/schema";
import { mayChange, shownFinding } from "@/lib/findings/shown";

/**
 * What the rules found, the most money first: everything for whoever reads all books, a lead's own teams', and for
 * everybody what is about their own plans. The rules are asked before the first page is read.
 */
export async function listFindings(ctx: Ctx, filter: FindingFilter): Promise<Findings> {
  authorize(ctx, "advice:read");
  const { status, rule, limit, cursor } = filter;
  const start = offsetOf(cursor);
  if (start === 0) await refreshFindings(ctx);
  return await read(ctx, async (db) => {
    const rows = await findFindings(db, ctx, { status, rule, start, limit: limit + 1 });
    const currency = ctx.organization.baseCurrency;
    const { count, minor } = await sumOpen(db, ctx);
    return {
      currency,
      open: { count, amount: money(minor, currency) },
      data: await shown(db, ctx, rows.slice(0, limit)),
      nextCursor: nextOffset({ start, limit, length: start + rows.length }),
    };
  });
}

/** The open findings worth most money that the actor sees. The rules are asked once a day for it. */
export async function topFindings(ctx: Ctx, limit: number): Promise<Finding[]> {
  authorize(ctx, "advice:read");
  await refreshFindingsDaily(ctx);
  return await read(ctx, async (db) =>
    shown(db, ctx, await findFindings(db, ctx, { status: "open", rule: undefined, start: 0, limit })),
  );
}

export async function readFinding(ctx: Ctx, { id }: { id: string }): Promise<Finding> {
  authorize(ctx, "advice:read");
  return await read(ctx, (db) => getShown(db, ctx, id));
}

/**
 * Says what becomes of a finding and who sees to it.
 *
 * @throws DomainError `stale_version`, `forbidden`
 */
export async function changeFinding(ctx: Ctx, change: FindingChange): Promise<Finding> {
  authorize(ctx, "finding:write");
  return await write(ctx, async (db) => {
    const before = await getFinding(db, ctx, change.id);
    if (!mayChange(ctx, before)) {
      throw new DomainError("forbidden", "You may do that only for the teams that you lead.");
    }
    if (before.status === "gone") throw refused("status", "It is gone by itself: there is nothing to say.");
    const { ownerId, status } = change;
    if (ownerId !== null && ownerId !== before.owner?.id && !(await isPerson(db, ctx, ownerId))) {
      throw refused("ownerId", "Choose a person.");
    }
    const isStill = status === "accepted" && before.status === "accepted";
    const accepted = status === "accepted" ? before.amountMinor : null;
    await saveFinding(db, ctx, change, { acceptedMinor: isStill ? before.acceptedMinor : accepted });
    await recordAudit(db, ctx, {
      action: "finding.change",
      targetType: "finding",
      targetId: change.id,
      before: traceOf(before),
      after: traceOf(await getFinding(db, ctx, change.id)),
    });
    return await getShown(db, ctx, change.id);
  });
}

const refused = (field: string, message: string): DomainError =>
  new DomainError("invalid_input", message, { fields: { [field]: message } });

const traceOf = ({ rule, status, reason, owner, amountMinor, acceptedMinor }: FoundRow) => ({
  ...{ rule, status, reason, ownerId: owner?.id ?? null, amountMinor, acceptedMinor },
});

async function shown(db: Db, ctx: Ctx, rows: readonly FoundRow[]): Promise<Finding[]> {
  const names = await findEvidenceNames(
    db,
    ctx,
    rows.flatMap(({ evidence }) => evidence),
  );
  return rows.map((row) => shownFinding(row, ctx, names));
}

async function getShown(db: Db, ctx: Ctx, id: string): Promise<Finding> {
  const [finding] = await shown(db, ctx, [await getFinding(db, ctx, id)]);
  return required(finding ?? null);
}
