import "server-only";

import { createHash } from "node:crypto";

import type { Via } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { CHAIN_START_HASH } from "@/lib/domain/audit-chain";
import type { AuditTarget } from "@/lib/domain/audit-target";
import type { AuditEvent, Prisma } from "@/prisma/generated/client";

/** Fields that name a person: the trail says whether they changed, never to what, so that a person can be erased. */
const PERSONAL = new Set([
  ...["name", "email", "aliases", "fileName", "userAgent", "externalId"],
  // What people type may name somebody too.
  ...["description", "note", "reason", "voidReason", "purchaseOrder"],
]);

/** Who changed what: nobody, where the product does it by itself. */
type AuditCtx = {
  readonly organization: { readonly id: string };
  readonly actor: { readonly userId: string | null };
  readonly via?: Via;
  readonly now: Date;
  readonly requestId: string;
};

type Change = {
  /** What was done, as noun and verb: "invoice.post", "assignment.end". */
  readonly action: string;
  readonly targetType: AuditTarget;
  readonly targetId: string;
  readonly before?: object | null;
  readonly after?: object | null;
};

/**
 * Leaves a trace of a change in the change's own transaction. Each event carries the hash of the one before, so a
 * removed or altered event shows. Call it only inside `write`, which lets one writer at a time into the books.
 */
export async function recordAudit(db: Db, ctx: AuditCtx, change: Change): Promise<void> {
  const organizationId = ctx.organization.id;
  const last = await db.auditEvent.findFirst({
    where: { organizationId },
    orderBy: { sequence: "desc" },
    select: { sequence: true, hash: true },
  });
  const sequence = (last?.sequence ?? 0n) + 1n;
  const previousHash = last?.hash ?? CHAIN_START_HASH;
  const event = {
    at: ctx.now,
    actorId: ctx.actor.userId,
    action: change.action,
    targetType: change.targetType,
    targetId: change.targetId,
    before: withoutNames(change.before, change.after),
    after: withoutNames(throughToken(ctx, change.after), change.before),
    requestId: ctx.requestId,
  };
  const { before, after, ...columns } = event;
  await db.auditEvent.create({
    data: {
      ...columns,
      ...(before === null ? {} : { before }),
      ...(after === null ? {} : { after }),
      organizationId,
      id: newId(),
      sequence,
      previousHash,
      hash: eventHash(previousHash, Number(sequence), event),
    },
  });
}

/** What a token did in somebody's name says so. */
const throughToken = ({ via }: AuditCtx, after: object | null | undefined) =>
  via?.kind === "token" ? { ...after, apiTokenId: via.tokenId } : after;

/** What an event's hash is made of, beside its place in the chain. */
export type HashedEvent = Readonly<
  Pick<AuditEvent, "at" | "actorId" | "action" | "targetType" | "targetId" | "requestId">
> & { readonly before: unknown; readonly after: unknown };

/** SHA-256 over the previous hash, the place in the chain and the event as JSON with sorted keys. */
export function eventHash(previousHash: string, sequence: number, event: HashedEvent): string {
  return createHash("sha256")
    .update(`${previousHash}\n${sequence}\n${canonical(event)}`)
    .digest("hex");
}

/** JSON whose keys are sorted at every level, so that the same value is always the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** @param other the same thing on the other side of the change */
function withoutNames(
  value: object | null | undefined,
  other: object | null | undefined,
): Prisma.InputJsonObject | null {
  if (!value) return null;
  const same = ([key, inner]: [string, unknown]) =>
    PERSONAL.has(key) && other && key in other && canonical(inner) === canonical(Reflect.get(other, key));
  const kept = Object.fromEntries(Object.entries(value).filter((entry) => !same(entry)));
  const text = JSON.stringify(kept, (key, inner: unknown) =>
    PERSONAL.has(key) && inner !== null ? "changed" : inner,
  );
  return JSON.parse(text) as Prisma.InputJsonObject;
}
