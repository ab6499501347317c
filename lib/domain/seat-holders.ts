import { allocateWhole } from "./allocate";
import { usedAboveShare } from "./allowance-pool";
import type { Books } from "./books";
import type { Subscription } from "./facts";
import { monthOf } from "./month";
import type { Period } from "./period";
import { teamDays } from "./seat-sharing";

/** A charge that names a member of a subscription: theirs, in the team of each day, as their seat counts. */
export function namedHolder(subscription: Subscription, memberId: string, part: Period, books: Books) {
  const seat = subscription.assignments.find(
    (assignment) =>
      assignment.memberId === memberId &&
      assignment.startsOn < part.end &&
      (assignment.endsOn === null || assignment.endsOn > part.start),
  );
  const teams = teamDays({ subscription, memberships: books.memberships }, memberId, part);
  return teams.map(({ teamId, seatDays }) => ({
    target: {
      purpose: seat?.purpose ?? subscription.defaultPurpose,
      productId: seat?.productId ?? subscription.defaultProductId,
      memberId,
      teamId,
      unassigned: false,
    },
    weight: seatDays,
  }));
}

/** Of a contract with an included allowance: each holder by what they used above the share of one seat. */
export function holdersAbove(subscription: Subscription, part: Period, books: Books) {
  const above = usedAboveShare(subscription, monthOf(part.start), books.credits);
  return [...above]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([memberId, nano]) => {
      const holder = namedHolder(subscription, memberId, part, books);
      const weights = allocateWhole(
        nano,
        holder.map(({ weight }) => weight),
      );
      return holder.map(({ target }, index) => ({ target, weight: weights[index] ?? 0n }));
    });
}
