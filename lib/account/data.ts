import "server-only";

import type { Account } from "@/lib/account/schema";
import { type Db, transact } from "@/lib/db/client";

export async function findAccount(userId: string): Promise<Omit<Account, "provider">> {
  const { passwordHash, secondFactor, ...account } = await transact({}, (db) =>
    db.user.findUniqueOrThrow({
      where: { id: userId },
      select: {
        name: true,
        email: true,
        passwordHash: true,
        secondFactor: { select: { confirmedAt: true } },
      },
    }),
  );
  return {
    ...account,
    hasPassword: passwordHash !== null,
    hasSecondFactor: secondFactor?.confirmedAt != null,
  };
}

/** Another password; whoever is signed in with the old one is signed out, but for the session that is named. */
export async function replacePassword(
  db: Db,
  userId: string,
  passwordHash: string,
  { except }: { readonly except?: string } = {},
): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { passwordHash } });
  await db.session.deleteMany({ where: { userId, ...(except !== undefined && { id: { not: except } }) } });
  // A link that somebody asked for before opens nothing any more.
  await db.passwordReset.deleteMany({ where: { userId } });
}

export async function saveName(db: Db, userId: string, name: string): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { name } });
}
