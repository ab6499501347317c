import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { assertUpdated } from "@/lib/db/version";
import type { PolicyInput, SignInPolicy } from "@/lib/second-factor/schema";

export type KeptFactor = {
  readonly secretSealed: string;
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
};

export async function findFactor(db: Db, userId: string): Promise<KeptFactor | null> {
  const row = await db.secondFactor.findUnique({
    where: { id: userId },
    select: {
      secretSealed: true,
      confirmedAt: true,
      _count: { select: { recoveryCodes: { where: { usedAt: null } } } },
    },
  });
  return row && { ...row, recoveryCodesLeft: row._count.recoveryCodes };
}

/** A secret that waits for its first code, instead of one that waited before. */
export async function replaceWaitingSecret(
  db: Db,
  userId: string,
  secretSealed: string,
  now: Date,
): Promise<void> {
  await db.secondFactor.deleteMany({ where: { id: userId, confirmedAt: null } });
  await db.secondFactor.create({ data: { id: userId, secretSealed, createdAt: now } });
}

/** Takes a code for good: false when it, or a later one, was taken before. Of two at once, one gets it. */
export async function takeStep(db: Db, userId: string, step: number): Promise<boolean> {
  const { count } = await db.secondFactor.updateMany({
    where: { id: userId, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
    data: { lastStep: step },
  });
  return count === 1;
}

export async function takeRecoveryCode(db: Db, userId: string, hash: string, now: Date): Promise<boolean> {
  const { count } = await db.recoveryCode.updateMany({
    where: { userId, hash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

export async function confirmFactor(db: Db, userId: string, now: Date): Promise<void> {
  await db.secondFactor.update({ where: { id: userId }, data: { confirmedAt: now } });
}

export async function replaceRecoveryCodes(db: Db, userId: string, hashes: readonly string[]): Promise<void> {
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash })) });
}

/** With it goes what its codes proved. */
export async function deleteFactor(db: Db, userId: string): Promise<boolean> {
  const { count } = await db.secondFactor.deleteMany({ where: { id: userId } });
  await db.session.updateMany({ where: { userId }, data: { secondFactorAt: null } });
  return count > 0;
}

/** Whoever is signed in elsewhere, maybe not the person, signs in there anew. */
export async function endOtherSessions(db: Db, userId: string, sessionId: string | null): Promise<void> {
  await db.session.deleteMany({ where: { userId, ...(sessionId !== null && { id: { not: sessionId } }) } });
}

export async function getPolicy(db: Db, { organization }: Pick<Ctx, "organization">): Promise<SignInPolicy> {
  return await db.organization.findUniqueOrThrow({
    where: { id: organization.id },
    select: { secondFactorRoles: true, version: true },
  });
}

export async function updatePolicy(
  db: Db,
  { organization: { id } }: Ctx,
  { version, secondFactorRoles }: PolicyInput,
): Promise<void> {
  const { count } = await db.organization.updateMany({
    where: { id, version },
    data: { secondFactorRoles, version: { increment: 1 } },
  });
  await assertUpdated(count, () => db.organization.findUnique({ where: { id } }));
}
