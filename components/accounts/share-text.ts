import type { Share } from "@/lib/accounts/schema";
import type { ApiAccountKind } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";

export const ACCOUNT_KIND_NAMES = {
  organization: "Organization",
  workspace: "Workspace",
  project: "Project",
  key: "Key",
} as const satisfies Record<ApiAccountKind, string>;

/** "60 % Product running, Growth, Checkout assistant"; a single share says no percent. */
export function shareText({ basisPoints, purpose, team, product, member }: Share): string {
  const percent = basisPoints === 10_000 ? [] : [`${basisPoints / 100} %`];
  const rest = [team?.name, product?.name, member?.name].filter((name) => name !== undefined);
  return [[...percent, PURPOSE_NAMES[purpose]].join(" "), ...rest].join(", ");
}

/** A typed percentage in basis points; NaN for what is none. */
export function basisPointsOf(percent: string): number {
  const text = percent.trim().replace(",", ".").replace(/\s*%$/, "");
  return /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;
}
