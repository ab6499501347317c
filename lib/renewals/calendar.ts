import { calendarDays, type RenewalWords } from "@/lib/domain/renewal-words";
import type { RenewalRow, Renewals } from "@/lib/renewals/schema";

/** A calendar program reads without saying who reads. */
const LOCALE = "en";

/** A row as the words want it. */
export const wordsOf = ({ subscription, serviceProvider, seats, ...row }: RenewalRow): RenewalWords => ({
  ...row,
  name: subscription.name,
  serviceProvider: serviceProvider.name,
  seats: seats.map(({ plan, ...each }) => ({ ...each, plan: plan.name })),
});

/** Every renewal as two days of a calendar. */
export const daysOf = ({ data }: Renewals) =>
  data.flatMap((row) => calendarDays(wordsOf(row), row.subscription.id, LOCALE));
