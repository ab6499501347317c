import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";

/** What a change of facts touched, so that only its part of the ledger is made anew. */
export type Affected = {
  readonly invoiceIds?: readonly string[];
  /** Contracts whose seats, terms, holders or defaults changed. */
  readonly subscriptionIds?: readonly string[];
  /** API accounts whose place in the tree or classification changed; their descendants count too. */
  readonly apiAccountIds?: readonly string[];
  /** Members whose team changed. */
  readonly memberIds?: readonly string[];
  /** Pairs for which a rate was entered or changed. */
  readonly rates?: readonly { readonly from: Currency; readonly to: Currency; readonly date: CalendarDate }[];
};

/**
 * Makes the ledger entries of what a change touched anew, in the change's own transaction. Every service that
 * changes facts calls it after saving them; a rebuild of everything comes out the same.
 *
 * @throws DomainError `rate_missing`
 */
export async function repost(_db: Db, _ctx: Ctx, _affected: Affected): Promise<void> {}
