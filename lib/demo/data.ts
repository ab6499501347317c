import "server-only";

import type { OrganizationId } from "@/lib/auth/ctx";
import { findBelongings } from "@/lib/auth/data";
import { enter, transact } from "@/lib/db/client";

type Whose = { readonly userId: string; readonly now: Date };

/** The organizations of a user: those that are made up, and the others. */
export async function findOwn({
  userId,
  now,
}: Whose): Promise<{ demo: OrganizationId[]; real: OrganizationId[] }> {
  const belongings = await findBelongings(userId, now);
  const ids = (demo: boolean) =>
    belongings.filter((one) => one.demo === demo).map(({ organizationId }) => organizationId);
  return { demo: ids(true), real: ids(false) };
}

/** Deletes a made-up organization with everything in it; whoever looks at it is led to another one. */
export function removeDemo(
  organizationId: OrganizationId,
  userId: string,
  to: OrganizationId,
): Promise<void> {
  return transact({ organizationId, userId }, async (db) => {
    await db.session.updateMany({ where: { organizationId, userId }, data: { organizationId: to } });
    await enter(db, { organizationId });
    await db.$queryRaw`SELECT remove_demo_organization()`;
  });
}
