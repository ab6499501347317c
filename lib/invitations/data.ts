import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { required } from "@/lib/db/version";
import type { Role } from "@/lib/domain/permission";
import type { Invitation, InvitationInput } from "@/lib/invitations/schema";
import type { Prisma } from "@/prisma/generated/client";

const INVITATION = {
  ...{ id: true, email: true, name: true, roles: true, expiresAt: true },
  ...{ mailDueAt: true, mailedAt: true, mailError: true },
} as const satisfies Prisma.InvitationSelect;

function toInvitation(row: Prisma.InvitationGetPayload<{ select: typeof INVITATION }>): Invitation {
  const { expiresAt, mailDueAt, mailedAt, mailError, ...fields } = row;
  const unsent = mailDueAt ? "waiting" : mailError !== null ? "given_up" : "by_hand";
  return {
    ...fields,
    expiresAt: expiresAt.toISOString(),
    delivery: mailedAt ? "sent" : unsent,
    lastError: mailError,
  };
}

/** What nobody has used, and nobody taken back. */
const UNUSED = { acceptedAt: null, revokedAt: null, signsInUserId: null } as const;

/** Invitations that somebody could still accept. */
export async function findInvitations(db: Db, ctx: Ctx): Promise<Invitation[]> {
  const rows = await db.invitation.findMany({
    where: { organizationId: ctx.organization.id, ...UNUSED, expiresAt: { gt: ctx.now } },
    orderBy: { id: "asc" },
    select: INVITATION,
  });
  return rows.map(toInvitation);
}

/** What opens it from now on, until when, and whether it goes out by mail. */
type Link = { readonly tokenHash: string; readonly expiresAt: Date; readonly byMail: boolean };

export async function insertInvitation(
  db: Db,
  ctx: Ctx,
  { memberId, roleEndsOn, ...input }: InvitationInput & { readonly signsInUserId?: string },
  { byMail, ...link }: Link,
): Promise<Invitation> {
  const row = await db.invitation.create({
    data: {
      organizationId: ctx.organization.id,
      id: newId(),
      ...input,
      memberId,
      roleEndsOn: toDbDateOrNull(roleEndsOn),
      ...link,
      createdAt: ctx.now,
      createdById: ctx.actor.userId,
      ...(byMail && { mailDueAt: ctx.now }),
    },
    select: INVITATION,
  });
  return toInvitation(row);
}

/** Another link for the same invitation, also for one that is too old; the link before opens nothing. */
export async function replaceLink(
  db: Db,
  { organization, now }: Ctx,
  id: string,
  { byMail, ...link }: Link,
): Promise<Invitation> {
  const organizationId = organization.id;
  const mail = { mailDueAt: byMail ? now : null, mailedAt: null, mailError: null, mailAttempts: 0 };
  const { count } = await db.invitation.updateMany({
    where: { organizationId, id, ...UNUSED },
    data: { ...link, ...mail },
  });
  required(count > 0 ? count : null);
  const where = { organizationId_id: { organizationId, id } };
  return toInvitation(await db.invitation.findUniqueOrThrow({ where, select: INVITATION }));
}

export async function revokeInvitation(db: Db, ctx: Ctx, id: string): Promise<void> {
  const { count } = await db.invitation.updateMany({
    where: { organizationId: ctx.organization.id, id, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now, mailDueAt: null },
  });
  required(count > 0 ? count : null);
}

/** What was sent to an address opens nothing any more. */
export async function revokeInvitationsOf(db: Db, ctx: Ctx, email: string): Promise<void> {
  await db.invitation.updateMany({
    where: { organizationId: ctx.organization.id, email, acceptedAt: null, revokedAt: null },
    data: { revokedAt: ctx.now, mailDueAt: null },
  });
}

export type OpenInvitation = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly teamIds: readonly string[];
  readonly roleEndsOn: string | null;
  readonly signsInUserId: string | null;
  readonly memberId: string | null;
  readonly organization: {
    readonly id: string;
    readonly name: string;
    readonly baseCurrency: string;
    readonly fiscalYearStart: number;
    readonly booksStart: string;
    readonly demo: boolean;
  };
};

/** The invitation behind a hash, while it can be accepted. */
export async function findOpenInvitation(
  db: Db,
  { organizationId, tokenHash, now }: { organizationId: string; tokenHash: string; now: Date },
): Promise<OpenInvitation | null> {
  const row = await db.invitation.findUnique({
    where: { organizationId_tokenHash: { organizationId, tokenHash } },
    select: {
      id: true,
      email: true,
      name: true,
      roles: true,
      teamIds: true,
      roleEndsOn: true,
      signsInUserId: true,
      memberId: true,
      acceptedAt: true,
      revokedAt: true,
      expiresAt: true,
      organization: {
        select: {
          id: true,
          name: true,
          baseCurrency: true,
          fiscalYearStart: true,
          booksStart: true,
          demo: true,
        },
      },
    },
  });
  if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= now) return null;
  const { acceptedAt: _, revokedAt: __, expiresAt: ___, roleEndsOn, ...open } = row;
  return { ...open, roleEndsOn: fromDbDateOrNull(roleEndsOn) };
}

/** Marks it used; false when somebody else was quicker, or it has another link by now. */
export async function useInvitation(
  db: Db,
  { organizationId, tokenHash, now }: { organizationId: string; tokenHash: string; now: Date },
): Promise<boolean> {
  const { count } = await db.invitation.updateMany({
    where: { organizationId, tokenHash, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now, mailDueAt: null },
  });
  return count === 1;
}
