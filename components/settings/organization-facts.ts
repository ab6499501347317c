import { PERSON_ANALYSIS_NAMES } from "@/components/settings/person-analysis-fields";
import { money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import type { Organization } from "@/lib/organization/schema";

/** How far a bill may differ, in words. */
export function toleranceText(organization: Organization, locale: string): string {
  const { toleranceMinor, tolerancePerMille, baseCurrency } = organization;
  const amount = moneyText(money(toleranceMinor, baseCurrency), locale, { withCurrency: true });
  return `${amount}, or ${tolerancePerMille} ‰ of what was billed`;
}

/** How use is shown by person, in words. */
export function personAnalysisText({ personAnalysis, minimumGroupSize }: Organization): string {
  const name = PERSON_ANALYSIS_NAMES[personAnalysis];
  return personAnalysis === "on" ? name : `${name}, in groups of at least ${minimumGroupSize}`;
}
