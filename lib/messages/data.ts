import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { Page } from "@/lib/fields/schema";
import type { Message } from "@/lib/messages/schema";

/** What was written, the last first. */
export async function findMessages(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Message>> {
  const { where, ...rest } = pageById(page, "desc");
  const rows = await db.message.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: {
      ...{ id: true, subject: true, text: true, attempts: true, lastError: true, kind: true },
      ...{ createdAt: true, dueAt: true, sentAt: true },
      user: { select: { id: true, name: true } },
    },
  });
  const messages = rows.map(
    ({ user, kind, createdAt, dueAt, sentAt, ...row }): Message => ({
      ...row,
      // A check of the table allows no other.
      kind: kind as Message["kind"],
      recipient: user,
      state: sentAt ? "sent" : dueAt ? "waiting" : "given_up",
      createdAt: createdAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
    }),
  );
  return toPage(messages, page.limit);
}

/** Whom an alert concerns: who owns the organization or does its finance, and who leads the team and may see its money. */
export async function findConcerned(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  teamId: string | null,
): Promise<string[]> {
  const organizationId = ctx.organization.id;
  const today = toDbDate(utcDateOf(ctx.now));
  const inForce = { OR: [{ endsOn: null }, { endsOn: { gt: today } }] };
  const roles = await db.organizationRole.findMany({
    where: { organizationId, role: { in: ["owner", "finance", "lead"] }, ...inForce },
    select: { role: true, userId: true },
  });
  const leads =
    teamId === null
      ? []
      : await db.teamLead.findMany({
          where: { organizationId, teamId, startsOn: { lte: today }, ...inForce },
          select: { member: { select: { userId: true } } },
        });
  const leading = new Set(leads.map(({ member }) => member.userId));
  const concerned = roles.filter(({ role, userId }) => role !== "lead" || leading.has(userId));
  return [...new Set(concerned.map(({ userId }) => userId))];
}

type About =
  | { readonly kind: "alert"; readonly alertId: string }
  | { readonly kind: "reminder"; readonly reminderId: string }
  | { readonly kind: "webhook"; readonly webhookId: string };
type Written = About & Pick<Message, "subject" | "text"> & { readonly userId: string };

/** Puts messages into the outbox; who was told of the same already is not told again. */
export async function insertMessages(
  db: Db,
  ctx: Pick<Ctx, "organization" | "now">,
  written: readonly Written[],
): Promise<void> {
  const { now: createdAt, organization } = ctx;
  await db.message.createMany({
    data: written.map((message) => ({
      ...{ organizationId: organization.id, id: newId(), createdAt, dueAt: createdAt },
      ...message,
    })),
    skipDuplicates: true,
  });
}
