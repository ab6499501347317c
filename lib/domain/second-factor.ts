import type { Role } from "./permission";

/** Codes change every half minute; one of the half minute before or after is taken too, because clocks differ. */
export const STEP_SECONDS = 30;
export const RECOVERY_CODES = 10;

/** What a session still has to show: its person's code, or that they set a second factor up; null when nothing. */
export type SecondFactorStep = "prove" | "set_up" | null;

type Known = {
  readonly roles: readonly Role[];
  /** The roles of which the organization asks for one. */
  readonly requiredOf: readonly Role[];
  readonly hasOne: boolean;
  /** This session has shown a code of the one that they have; a removal takes that back. */
  readonly proven: boolean;
  /** A provider vouched for its person, and asks for what factors it likes. */
  readonly vouched: boolean;
};

/**
 * Whoever came in by a password and has a second factor proves it; whoever needs one and has none sets it up first.
 * Who came through a provider proved there what the provider asks.
 */
export function secondFactorStep({ roles, requiredOf, hasOne, proven, vouched }: Known): SecondFactorStep {
  if (vouched || proven) return null;
  if (hasOne) return "prove";
  return roles.some((role) => requiredOf.includes(role)) ? "set_up" : null;
}

/** A code as it is compared: without the spaces and hyphens that people read it by. */
export const plainCode = (typed: string): string => typed.replace(/[\s-]/g, "").toLowerCase();

export const isOneTimeCode = (code: string): boolean => /^\d{6}$/.test(code);
export const isRecoveryCode = (code: string): boolean => /^[a-z2-7]{16}$/.test(code);

/** A recovery code as it is written down: "abcd-efgh-ijkl-mnop". */
export const writtenCode = (code: string): string => (code.match(/.{4}/g) ?? []).join("-");
