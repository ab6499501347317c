import { type Ctx, visibility } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { isOfContract, type ScenarioChange } from "@/lib/domain/scenario";
import { scenarioChangeText } from "@/lib/domain/scenario-words";
import { type Entered, findReferred, type Referred, seesContract } from "@/lib/scenarios/data";
import type { Scenario } from "@/lib/scenarios/schema";

/** Sentences are told without saying who reads. */
export const LOCALE = "en";

/** Scenarios with each change in a sentence, as far as the actor sees the contracts that it is about. */
export async function tell(db: Db, ctx: Ctx, entered: readonly Entered[]): Promise<Scenario[]> {
  const referred = await findReferred(
    db,
    ctx,
    entered.flatMap(({ changes }) => changes),
  );
  const { names, contracts } = referred;
  return entered.map(({ changes, ...scenario }) => {
    const shown = changes.filter(
      (change) =>
        visibility(ctx).all ||
        !isOfContract(change) ||
        seesContract(ctx, contracts.get(change.subscriptionId)),
    );
    return {
      ...scenario,
      changes: shown.map((change) => ({
        change,
        text: scenarioChangeText(change, { names, locale: LOCALE }),
      })),
      hiddenChanges: changes.length - shown.length,
    };
  });
}

/**
 * That everything a scenario refers to is there, and that its contracts have the plans that change.
 *
 * @throws DomainError `not_found`, `invalid_input`, naming the change
 */
export async function assertReferred(db: Db, ctx: Ctx, changes: readonly ScenarioChange[]): Promise<void> {
  const referred = await findReferred(db, ctx, changes);
  for (const [index, change] of changes.entries()) {
    const missing = missingOf(change, referred);
    if (missing) throw refusal("not_found", `changes.${index}.${missing}`, "There is no such thing here.");
    if (!isOfContract(change)) continue;
    const contract = referred.contracts.get(change.subscriptionId);
    if (!contract?.planIds.includes(change.planId)) {
      throw refusal("invalid_input", `changes.${index}.planId`, "The contract has no seats of this plan.");
    }
    if (change.kind === "plan" && referred.plans.get(change.toPlanId) !== contract.serviceProviderId) {
      throw refusal(
        "invalid_input",
        `changes.${index}.toPlanId`,
        "Choose a plan of the contract's provider.",
      );
    }
  }
}

/** The field that names something which is not there. */
function missingOf(change: ScenarioChange, referred: Referred): string | null {
  if ("subscriptionId" in change && !referred.contracts.has(change.subscriptionId)) return "subscriptionId";
  if ("planId" in change && !referred.plans.has(change.planId)) return "planId";
  if ("toPlanId" in change && !referred.plans.has(change.toPlanId)) return "toPlanId";
  if (
    "apiAccountId" in change &&
    change.apiAccountId !== null &&
    !referred.apiAccountIds.has(change.apiAccountId)
  ) {
    return "apiAccountId";
  }
  if ("productId" in change && change.productId !== null && !referred.productIds.has(change.productId)) {
    return "productId";
  }
  return null;
}

const refusal = (code: "not_found" | "invalid_input", field: string, message: string): DomainError =>
  new DomainError(code, message, { fields: { [field]: message } });
