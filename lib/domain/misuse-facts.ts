import type { PricedPlan } from "./break-even";
import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { ApiAccount, ApiAccountKind, MemberKind, Purpose } from "./facts";
import type { MisuseRuleId } from "./misuse-rules";
import type { Month } from "./month";
import type { SeatKind } from "./seat-kind";

export type MisuseAccount = ApiAccount & {
  readonly kind: ApiAccountKind;
  /** The tool that it is for, if somebody said so. */
  readonly toolId: string | null;
  /** Excluded; null: open. */
  readonly endsOn: CalendarDate | null;
};

/** What the books hold of metered cost of an account in a month, in minor units of the base currency. */
export type AccountCost = {
  readonly accountId: string;
  readonly month: Month;
  readonly purpose: Purpose;
  /** Whom the account's classification names. */
  readonly memberId: string | null;
  readonly minor: number;
};

/** Metered use of an account that a file tells of one member, on one UTC day. */
export type UseDay = {
  readonly accountId: string;
  readonly memberId: string;
  readonly day: CalendarDate;
  /** Nano-units of the currency. */
  readonly costNano: bigint;
  readonly currency: Currency;
};

/** Metered use of one member in one month; `accountId` null: of an account that nobody has named. */
export type UseMonth = Omit<UseDay, "accountId" | "day"> & {
  readonly accountId: string | null;
  readonly serviceProviderId: string;
  readonly month: Month;
};

/** A seat that is held and paid for today. */
export type MisuseSeat = {
  readonly assignmentId: string;
  readonly subscriptionId: string;
  readonly planId: string;
  readonly serviceProviderId: string;
  readonly memberId: string;
  readonly startsOn: CalendarDate;
  /** The assignment's own, or its contract's. */
  readonly purpose: Purpose;
  /** What a seat of the contract costs a month, in minor units of the base currency; null: no exchange rate. */
  readonly monthlyMinor: number | null;
  readonly kinds: readonly SeatKind[];
};

export type MisuseMember = { readonly kind: MemberKind; readonly teamId: string | null };

/** Everything that the rules look at. */
export type MisuseFacts = {
  readonly today: CalendarDate;
  /** Minor units in a whole unit of the base currency. */
  readonly minorPerUnit: number;
  /** The last three whole months, oldest first. */
  readonly months: readonly Month[];
  readonly accounts: ReadonlyMap<string, MisuseAccount>;
  readonly costs: readonly AccountCost[];
  /** Of accounts that are production now; nothing where the organization does not look at what one person used. */
  readonly useDays: readonly UseDay[];
  /** The last of the months in which anything is known to have been used on an account. */
  readonly lastUsed: ReadonlyMap<string, Month>;
  readonly useMonths: readonly UseMonth[];
  readonly members: ReadonlyMap<string, MisuseMember>;
  readonly seats: readonly MisuseSeat[];
  /** The plans of each provider that could be held, with what a seat costs a month in the base currency. */
  readonly plans: ReadonlyMap<string, readonly PricedPlan[]>;
  /** Nano-units in minor units of the base currency, rounded once, half to even; null: no exchange rate. */
  readonly toBase: (nano: bigint, currency: Currency) => number | null;
};

/** A row of the books that proves a finding. Amounts are minor units of the base currency a month. */
export type MisuseEvidence =
  | {
      readonly kind: "account";
      readonly accountId: string;
      /** Since when it counts as it does. */
      readonly since: CalendarDate | null;
      readonly purpose: Purpose | null;
      readonly toolId: string | null;
    }
  | {
      readonly kind: "cost";
      readonly accountId: string;
      readonly month: Month;
      readonly purpose: Purpose;
      readonly minor: number;
    }
  | {
      readonly kind: "use";
      readonly accountId: string | null;
      readonly memberId: string;
      readonly month: Month;
      /** UTC days with use; null: not counted. */
      readonly days: number | null;
      readonly minor: number;
    }
  | {
      readonly kind: "seat";
      readonly assignmentId: string;
      readonly subscriptionId: string;
      readonly planId: string;
      readonly memberId: string;
      readonly startsOn: CalendarDate;
      readonly minor: number;
      /** What it is for, another seat of the same person is for too. */
      readonly covered: boolean;
    }
  | { readonly kind: "plan"; readonly planId: string; readonly minor: number };

/** What a rule found: about a key or workspace, or about somebody's plan. */
export type Misuse = {
  readonly rule: MisuseRuleId;
  /** The same thing has the same subject each time; made of ids. */
  readonly subject: string;
  readonly apiAccountId: string | null;
  readonly memberId: string | null;
  /** Whose lead may see it. */
  readonly teamId: string | null;
  readonly amountMinor: number;
  /** The last day of which the evidence tells. */
  readonly seenOn: CalendarDate;
  readonly evidence: readonly MisuseEvidence[];
};
