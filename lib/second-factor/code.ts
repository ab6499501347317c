import "server-only";

import { createHash, randomBytes } from "node:crypto";

import { generateSecret, generateURI, verifySync } from "otplib";
import { encode } from "uqr";

import { isOneTimeCode, RECOVERY_CODES, STEP_SECONDS } from "@/lib/domain/second-factor";
import type { SecondFactorSetup } from "@/lib/second-factor/schema";

export const newSecret = (): string => generateSecret();

/** The half minute that a code was made for; null when the secret makes no such code about now. */
export function stepOf(secret: string, code: string, now: Date): number | null {
  if (!isOneTimeCode(code)) return null;
  const epoch = Math.floor(now.getTime() / 1_000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: STEP_SECONDS });
  return found.valid && "timeStep" in found ? found.timeStep : null;
}

/** What a phone takes in, with its picture as one path of squares: that needs no style of its own. */
export function setupOf(secret: string, email: string): SecondFactorSetup {
  const uri = generateURI({ issuer: "Twoline", label: email, secret });
  const { size, data } = encode(uri, { ecc: "M", border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { secret, uri, qr: { size, path: squares.join("") } };
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** Ten times eighty random bits. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length]).join(""),
  );
}

export const hashOfCode = (code: string): string => createHash("sha256").update(code).digest("hex");
