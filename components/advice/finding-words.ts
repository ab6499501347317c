import type { Finding } from "@/lib/findings/schema";

/** What a finding is about: the account, the plans, or the plan that would cost less. */
export function aboutText({ account, evidence, rule }: Finding): string {
  if (account) return account.name;
  const seats = evidence.flatMap((proof) => (proof.kind === "seat" ? [proof] : []));
  if (rule === "overlapping_seats") {
    const inOrder = [...seats.filter(({ covered }) => covered), ...seats.filter(({ covered }) => !covered)];
    return inOrder.map(({ plan }) => plan.name).join(" and ");
  }
  const plan = evidence.find((proof) => proof.kind === "plan" || proof.kind === "seat")?.plan.name ?? "";
  return rule === "personal_key" ? `${plan} instead` : plan;
}
