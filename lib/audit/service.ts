import "server-only";

import { findChoices, findEvents, findHead } from "@/lib/audit/data";
import type {
  AuditChoices,
  AuditEvent,
  AuditFilter,
  Verification,
  VerificationInput,
} from "@/lib/audit/schema";
import { openHead, sealHead } from "@/lib/audit/seal";
import { verifyTrail } from "@/lib/audit/verify";
import { authorize, type Ctx } from "@/lib/auth/ctx";
import { read } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";

/** Who changed what, the last change first. */
export async function listAuditEvents(ctx: Ctx, filter: AuditFilter): Promise<Page<AuditEvent>> {
  authorize(ctx, "audit:read");
  return await read(ctx, (db) => findEvents(db, ctx, filter));
}

/** Whose changes there are, to choose from. */
export async function readAuditChoices(ctx: Ctx): Promise<AuditChoices> {
  authorize(ctx, "audit:read");
  return await read(ctx, (db) => findChoices(db, ctx));
}

/**
 * Whether the trail is as it was written, and if not, which events are at fault.
 *
 * @throws DomainError `invalid_input`, when the head to compare with was not given out by these books
 */
export async function verifyAudit(ctx: Ctx, { head }: VerificationInput): Promise<Verification> {
  authorize(ctx, "audit:read");
  const { id } = ctx.organization;
  if (head === undefined) return await verifyTrail(id, ctx.now);
  const opened = openHead(id, head);
  if (opened) return await verifyTrail(id, ctx.now, [opened]);
  const message = "These books did not give out this head, or their key was another one.";
  throw new DomainError("invalid_input", message, { fields: { head: message } });
}

/** The sealed end of the trail, for what leaves the books; null: nothing is in it. */
export async function readAuditHead(ctx: Ctx): Promise<string | null> {
  authorize(ctx, "report:export");
  const head = await read(ctx, (db) => findHead(db, ctx.organization.id));
  return head && sealHead(ctx.organization.id, head);
}
