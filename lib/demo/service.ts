import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { findUser } from "@/lib/auth/data";
import { seedCatalogue } from "@/lib/catalogue/data";
import { transact } from "@/lib/db/client";
import { buildBudget } from "@/lib/demo/budget";
import { buildDemo } from "@/lib/demo/build";
import { findOwn, leaveDemo } from "@/lib/demo/data";
import { calendarOf } from "@/lib/demo/story";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { monthOf } from "@/lib/domain/month";
import { rebuildLedger } from "@/lib/ledger/repost";
import { ensureModelPrices } from "@/lib/model-prices/data";
import { askRemoval } from "@/lib/removal/data";
import { finishRemoval } from "@/lib/removal/finishing";
import { insertOrganization, insertOwner } from "@/lib/setup/data";
import type { SignedIn } from "@/lib/sign-in/schema";
import { switchOrganization } from "@/lib/sign-in/service";

type SessionCtx = Ctx & { readonly sessionId: string };

const NAME = "Northwind demo";

/** Turns the session to made-up books: the user's own, made now if there are none. */
export async function openDemo(ctx: SessionCtx): Promise<SignedIn & { readonly sessionId: string }> {
  authorize(ctx, "demo:use");
  const { userId } = ctx.actor;
  const [existing] = (await findOwn({ userId, now: ctx.now })).demo;
  return await switchOrganization(ctx, existing?.organizationId ?? (await makeDemo(ctx)));
}

async function makeDemo(ctx: Ctx): Promise<string> {
  const { now, requestId } = ctx;
  const { userId } = ctx.actor;
  const calendar = calendarOf(monthOf(utcDateOf(now)));
  const fields = {
    name: NAME,
    baseCurrency: "USD",
    fiscalYearStart: 4,
    booksStart: calendar.booksStart,
    demo: true,
  };
  const user = await findUser(userId);
  const made = await transact({ userId }, async (db) => {
    const ids = await insertOrganization(db, fields, { ...user, userId }, now);
    await seedCatalogue(db, ids.organizationId, now);
    await ensureModelPrices(db, { organization: { id: ids.organizationId }, now });
    return ids;
  });
  const inside: Ctx = {
    organization: { id: made.organizationId, ...fields },
    actor: { userId, roles: ["owner"], memberId: made.memberId, ledTeamIds: [] },
    via: ctx.via,
    now,
    requestId,
  };
  await buildDemo(inside, calendar, made.teamId);
  await rebuildLedger(inside);
  await buildBudget(inside, monthOf(utcDateOf(now)));
  // Last, so that nobody gets into books that are half made.
  await transact({ organizationId: made.organizationId }, (db) =>
    insertOwner(db, { organizationId: made.organizationId, userId, now }),
  );
  return made.organizationId;
}

/** Removes the user's made-up books without a trace; the session goes back to the real ones. */
export async function removeDemos(ctx: SessionCtx): Promise<void> {
  authorize(ctx, "demo:use");
  const { userId } = ctx.actor;
  const { demo, real } = await findOwn({ userId, now: ctx.now });
  const [home] = real;
  if (home === undefined) throw new DomainError("not_found", "There are no other books to go back to.");
  for (const { organizationId, name } of demo) {
    await leaveDemo(organizationId, userId, home.organizationId);
    if (await askRemoval({ organizationId }, name)) await finishRemoval(organizationId);
  }
}
