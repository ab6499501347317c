import type { Actor, Ctx, OrganizationId } from "@/lib/auth/ctx";
import { transact } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import type { Role } from "@/lib/domain/permission";

type Changes = {
  readonly roles?: readonly Role[];
  readonly baseCurrency?: string;
  readonly booksStart?: string;
  readonly now?: Date;
};

/** A new organization with one user in it, and the context of that user. Each test owns its own. */
export async function anOrganization(changes: Changes = {}): Promise<Ctx> {
  const { roles = ["owner"], baseCurrency = "USD", booksStart = "2026-01" } = changes;
  const now = changes.now ?? new Date("2026-11-23T09:00:00Z");
  const id = newId() as OrganizationId;
  const organization = {
    id,
    name: "Northwind Labs",
    baseCurrency,
    fiscalYearStart: 4,
    booksStart,
    demo: false,
  };
  await transact({ organizationId: id }, async (db) => {
    await db.organization.create({ data: { ...organization, createdAt: now } });
  });
  const nobody: Ctx = {
    organization,
    actor: { userId: newId(), roles: [], memberId: null, ledTeamIds: [] },
    via: { kind: "server" },
    now,
    requestId: "test",
  };
  return await anActor(nobody, { roles });
}

/** The context of another user of the same organization. */
export async function anActor(
  ctx: Ctx,
  changes: Partial<Omit<Actor, "userId">> & { readonly roles: readonly Role[] },
): Promise<Ctx> {
  const userId = newId();
  await transact({ organizationId: ctx.organization.id }, async (db) => {
    await db.user.create({
      data: { id: userId, email: `${userId}@example.test`, name: "Test user", createdAt: ctx.now },
    });
    await db.organizationRole.createMany({
      data: changes.roles.map((role) => ({
        organizationId: ctx.organization.id,
        userId,
        role,
        createdAt: ctx.now,
      })),
    });
  });
  const { idempotency: _, ...rest } = ctx;
  return { ...rest, actor: { memberId: null, ledTeamIds: [], ...changes, userId } };
}
