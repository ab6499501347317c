import "server-only";

import type { Account } from "@/lib/account/schema";
import { transact } from "@/lib/db/client";

export async function findAccount(userId: string): Promise<Account> {
  const { passwordHash, ...account } = await transact({}, (db) =>
    db.user.findUniqueOrThrow({
      where: { id: userId },
      select: { name: true, email: true, passwordHash: true },
    }),
  );
  return { ...account, hasPassword: passwordHash !== null };
}
