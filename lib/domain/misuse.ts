import { mixedWorkspaces, productionKeys } from "./misuse-accounts";
import type { Misuse, MisuseFacts } from "./misuse-facts";
import { personalKeys } from "./misuse-keys";
import { isRuleOn, MISUSE_RULE_IDS, type MisuseRuleId, type MisuseSettings } from "./misuse-rules";
import { overlappingSeats, seatsBehindServices } from "./misuse-seats";

type Finder = (facts: MisuseFacts, settings: MisuseSettings) => Misuse[];

const FINDERS: Readonly<Record<MisuseRuleId, Finder>> = {
  production_key: productionKeys,
  seat_behind_service: seatsBehindServices,
  overlapping_seats: overlappingSeats,
  personal_key: personalKeys,
  mixed_workspace: mixedWorkspaces,
};

/** What the rules find in the facts of the books, the most money first; equal amounts in the order of the rules. */
export const findMisuse = (facts: MisuseFacts, settings: MisuseSettings): Misuse[] =>
  MISUSE_RULE_IDS.filter((rule) => isRuleOn(settings, rule))
    .flatMap((rule) => FINDERS[rule](facts, settings))
    .sort((a, b) => b.amountMinor - a.amountMinor);
