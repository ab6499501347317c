import type { Account } from "@/lib/accounts/schema";
import type { Purpose } from "@/lib/domain/facts";
import type { Team } from "@/lib/teams/schema";

export type ShareValues = {
  percent: string;
  purpose: Purpose;
  teamId: string;
  productId: string | null;
  memberId: string | null;
};
export type ClassificationValues = { startsOn: string | null; shares: ShareValues[] };

export const WHOLE: ShareValues = {
  percent: "100",
  purpose: "product_running",
  teamId: "",
  productId: null,
  memberId: null,
};

/** What the account counts as now, to be changed; else all of it as product running of the first team. */
export function startingShares({ classification }: Account, teams: readonly Team[]): ShareValues[] {
  if (!classification) return [{ ...WHOLE, teamId: teams[0]?.id ?? "" }];
  return classification.shares.map(({ basisPoints, purpose, team, product, member }) => ({
    percent: String(basisPoints / 100),
    purpose,
    teamId: team?.id ?? "",
    productId: product?.id ?? null,
    memberId: member?.id ?? null,
  }));
}
