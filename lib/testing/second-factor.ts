import { generateSync } from "otplib";

import { transact } from "@/lib/db/client";
import { STEP_SECONDS } from "@/lib/domain/second-factor";
import { hashOfCode, newRecoveryCodes, newSecret } from "@/lib/second-factor/code";
import {
  confirmFactor,
  deleteFactor,
  findFactor,
  replaceRecoveryCodes,
  replaceWaitingSecret,
} from "@/lib/second-factor/data";
import { placeOf } from "@/lib/second-factor/proof";
import { openSecret, sealSecret } from "@/lib/secrets/seal";
import { PASSWORD, type SignedIn, type World } from "@/lib/testing/world";

/** What the phone shows at a moment, or so many half minutes later. */
export const codeAt = (secret: string, now = new Date(), later = 0): string =>
  generateSync({ secret, epoch: Math.floor(now.getTime() / 1_000) + later * STEP_SECONDS });

/** A code that the secret makes at no time near this one. */
export function wrongCodeFor(secret: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((later) => codeAt(secret, new Date(), later)));
  const tried = Array.from({ length: 10 }, (_, digit) => String(digit).repeat(6));
  return tried.find((code) => !right.has(code)) ?? "";
}

/** The second factor of somebody of the world, instead of one that they had; their sessions have proved it. */
export async function aSecondFactor(world: World, who: SignedIn, { waiting = false } = {}) {
  const id = world.actors[who].actor.userId;
  const secret = newSecret();
  const recoveryCodes = newRecoveryCodes();
  await transact({}, async (db) => {
    await deleteFactor(db, id);
    await replaceWaitingSecret(db, id, sealSecret(placeOf(id), secret), new Date());
    if (waiting) return;
    await confirmFactor(db, id, new Date());
    await replaceRecoveryCodes(db, id, recoveryCodes.map(hashOfCode));
    await db.session.updateMany({ where: { userId: id }, data: { secondFactorAt: new Date() } });
  });
  return { secret, recoveryCodes };
}

export async function noSecondFactor(world: World, who: SignedIn): Promise<void> {
  await transact({}, (db) => deleteFactor(db, world.actors[who].actor.userId));
}

/** What somebody of the world shows to prove once more who they are: a code too, if they have a second factor. */
export async function proofOf(world: World, who: SignedIn, password = PASSWORD) {
  const id = world.actors[who].actor.userId;
  const factor = await transact({}, (db) => findFactor(db, id));
  if (!factor?.confirmedAt) return { password };
  return { password, code: codeAt(openSecret(placeOf(id), factor.secretSealed)) };
}
