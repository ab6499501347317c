import type { PersonRow } from "@/lib/break-even/schema";
import type { AdviceWords } from "@/lib/domain/break-even-words";

/** What a person's row says, as the words want it. */
export const wordsOf = ({ plan, ...row }: PersonRow): AdviceWords => ({ ...row, plan: plan?.name ?? null });

/** The plans of a row: "Claude Max and Claude Team Standard". */
export const seatsText = ({ seats }: Pick<PersonRow, "seats">): string =>
  seats.length === 0 ? "no seat, API keys" : seats.map(({ plan }) => plan.name).join(" and ");
