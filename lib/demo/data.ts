import "server-only";

import type { OrganizationId } from "@/lib/auth/ctx";
import { type Belonging, findBelongings } from "@/lib/auth/data";
import { transact } from "@/lib/db/client";

type Whose = { readonly userId: string; readonly now: Date };

/** The organizations of a user: those that are made up, and the others. */
export async function findOwn({
  userId,
  now,
}: Whose): Promise<{ readonly demo: readonly Belonging[]; readonly real: readonly Belonging[] }> {
  const belongings = await findBelongings(userId, now);
  return { demo: belongings.filter(({ demo }) => demo), real: belongings.filter(({ demo }) => !demo) };
}

/** Turns every session of the user that looks at made-up books to other ones. */
export function leaveDemo(organizationId: OrganizationId, userId: string, to: OrganizationId): Promise<void> {
  return transact({ userId }, async (db) => {
    await db.session.updateMany({ where: { organizationId, userId }, data: { organizationId: to } });
  });
}
