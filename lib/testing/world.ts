import type { Ctx } from "@/lib/auth/ctx";
import { createSession } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { transact } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { RESET_MINUTES } from "@/lib/domain/password-reset";
import type { Role } from "@/lib/domain/permission";
import { postInvoice } from "@/lib/invoices/service";
import { newResetToken } from "@/lib/password-resets/service";
import { createProduct } from "@/lib/products/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, seatCharge, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";

/** Who asks: one person of each kind, and somebody who is not signed in. */
export const PRINCIPALS = ["owner", "finance", "lead", "otherLead", "member", "auditor", "nobody"] as const;
export type Principal = (typeof PRINCIPALS)[number];
export type SignedIn = Exclude<Principal, "nobody">;

export const PASSWORD = "a long enough password";

/**
 * An organization with books in it and one person of each kind. `lead` leads Platform, whose contract and people most
 * rows are about; `otherLead` leads Growth; `member` is Ben of Platform.
 */
export type World = {
  readonly owner: Ctx;
  readonly actors: Readonly<Record<SignedIn, Ctx>>;
  readonly books: SomeBooks;
  readonly product: string;
  readonly tool: string;
  /** Five seats of Claude Team, and some use of each account, in October 2026. */
  readonly invoice: string;
  readonly ownerEmail: string;
};

export async function aWorld(): Promise<World> {
  const owner = await anOrganization({ now: new Date() });
  const books = await someBooks(owner);
  const { ada, ben, cem } = books.members;
  const actors = {
    owner,
    finance: await anActor(owner, { roles: ["finance"] }),
    lead: await anActor(owner, { roles: ["lead"] }),
    otherLead: await anActor(owner, { roles: ["lead"] }),
    member: await anActor(owner, { roles: ["member"] }),
    auditor: await anActor(owner, { roles: ["auditor"] }),
  };
  await isMember(actors.lead, ada);
  await isMember(actors.otherLead, cem);
  await isMember(actors.member, ben);
  await leads(owner, books.teams.platform, ada);
  await leads(owner, books.teams.growth, cem);
  const { id: product } = await createProduct(owner, { name: "Checkout assistant", endsOn: null });
  const { id: invoice } = await postInvoice(
    owner,
    anInvoice(books, {
      number: "WORLD-1",
      charges: [
        seatCharge(books),
        usageCharge(books.accounts.prod, 124_011),
        usageCharge(books.accounts.dev, 31_040),
      ],
    }),
  );
  const ownerEmail = `${owner.actor.userId}@example.test`;
  return { owner, actors, books, product, tool: await aTool(owner), invoice, ownerEmail };
}

/** A browser session of somebody of the world, who signed in just now, or so long ago, with all that was asked. */
export async function aSession(world: World, who: SignedIn, secondsAgo = 0): Promise<string> {
  const id = await aHalfSession(world, who, secondsAgo);
  await transact({}, (db) => db.session.update({ where: { id }, data: { secondFactorAt: new Date() } }));
  return id;
}

/** One for which only the password was shown. */
export function aHalfSession(world: World, who: SignedIn, secondsAgo = 0): Promise<string> {
  const { actor, organization } = world.actors[who];
  const session = { userId: actor.userId, organizationId: organization.id, userAgent: "test" };
  const now = new Date(Date.now() - secondsAgo * 1_000);
  return transact({}, (db) => createSession(db, { ...session, now }));
}

/** Somebody else of the organization who can sign in. */
export async function aColleague(world: World, roles: readonly Role[] = ["member"]): Promise<string> {
  return (await anActor(world.owner, { roles })).actor.userId;
}

export async function givePassword(world: World, who: SignedIn = "owner"): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  const id = world.actors[who].actor.userId;
  await transact({}, (db) => db.user.update({ where: { id }, data: { passwordHash } }));
}

/** The token of a link by which somebody who forgot their password chooses another. */
export async function aResetToken(now = new Date()): Promise<string> {
  const { token, tokenHash } = newResetToken();
  const userId = newId();
  const email = `${userId}@example.test`;
  const expiresAt = new Date(now.getTime() + RESET_MINUTES * 60_000);
  await transact({}, async (db) => {
    await db.user.create({ data: { id: userId, email, name: "Test user", createdAt: now } });
    await db.passwordReset.create({
      data: { id: newId(), email, requestedAt: now, userId, tokenHash, expiresAt },
    });
  });
  return token;
}

async function isMember({ organization, actor }: Ctx, memberId: string): Promise<void> {
  const id = { organizationId: organization.id, id: memberId };
  await transact({ organizationId: organization.id }, (db) =>
    db.member.update({ where: { organizationId_id: id }, data: { userId: actor.userId } }),
  );
}

async function leads({ organization: { id: organizationId } }: Ctx, teamId: string, memberId: string) {
  const startsOn = toDbDate("2026-01-01");
  await transact({ organizationId }, (db) =>
    db.teamLead.create({ data: { organizationId, id: newId(), teamId, memberId, startsOn } }),
  );
}

async function aTool({ organization: { id: organizationId } }: Ctx): Promise<string> {
  const tool = { organizationId, id: newId(), name: "Cline", ridesSeat: false, burnsKey: true };
  await transact({ organizationId }, (db) => db.tool.create({ data: tool }));
  return tool.id;
}
