import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";
import type { Period } from "./period";

/** Which budget line a cost counts in; what nobody has classified is a third, visible amount. */
export const PURPOSES = ["developer_leverage", "product_running", "unclassified"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How a cost is charged, whatever its purpose. */
export const BILLING_MODELS = ["flat", "metered"] as const;
export type BillingModel = (typeof BILLING_MODELS)[number];

/** FOCUS ChargeCategory. */
export const CHARGE_CATEGORIES = ["usage", "purchase", "tax", "credit", "adjustment"] as const;
export type ChargeCategory = (typeof CHARGE_CATEGORIES)[number];

export const BILLING_INTERVALS = ["month", "year"] as const;
export type BillingInterval = (typeof BILLING_INTERVALS)[number];

/** What a provider charges for a seat added within a cycle; see `expectedCharges`. */
export const PRORATION_RULES = ["prorated", "full_cycle", "calendar_month", "as_billed"] as const;
export type ProrationRule = (typeof PRORATION_RULES)[number];

export const MEMBER_KINDS = ["person", "shared_account", "service"] as const;
export type MemberKind = (typeof MEMBER_KINDS)[number];

export const API_ACCOUNT_KINDS = ["organization", "workspace", "project", "key"] as const;
export type ApiAccountKind = (typeof API_ACCOUNT_KINDS)[number];

export const INVOICE_TYPES = ["invoice", "credit_note", "receipt"] as const;
export type InvoiceType = (typeof INVOICE_TYPES)[number];

/** How a provider's credit came to us: bought, given, or included in the plan of a contract. */
export const CREDIT_GRANT_KINDS = ["purchase", "gift", "allowance"] as const;
export type CreditGrantKind = (typeof CREDIT_GRANT_KINDS)[number];

/** From this day, so many seats of this plan at this price per seat and billing interval. */
export type SubscriptionTerm = {
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly seats: number;
  readonly unitPriceMinor: number;
  readonly currency: Currency;
};

/** A member holds one seat of a plan of a subscription; `endsOn` is excluded, null is open. */
export type Assignment = {
  readonly memberId: string;
  readonly planId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
  /** Override the subscription's, for a seat behind automation. */
  readonly purpose: Purpose | null;
  readonly productId: string | null;
};

/** Our contract with a provider. */
export type Subscription = {
  readonly id: string;
  readonly serviceProviderId: string;
  /** Pays for the seats that nobody holds. */
  readonly teamId: string;
  readonly billingInterval: BillingInterval;
  /** The first day of the first cycle. */
  readonly billingAnchor: CalendarDate;
  /** From this day no seat is in force. */
  readonly endsOn: CalendarDate | null;
  readonly defaultPurpose: Purpose;
  readonly defaultProductId: string | null;
  readonly terms: readonly SubscriptionTerm[];
  readonly assignments: readonly Assignment[];
};

/** A member is in one team at a time. */
export type TeamMembership = {
  readonly memberId: string;
  readonly teamId: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
};

/** A part of a cost; the parts of one cost sum to 10,000 basis points. */
export type Share = {
  readonly basisPoints: number;
  readonly purpose: Purpose;
  readonly teamId: string | null;
  readonly productId: string | null;
  readonly memberId: string | null;
};

/** From this day, what an API account's cost counts as. */
export type Classification = { readonly startsOn: CalendarDate; readonly shares: readonly Share[] };

/** A metered account in its tree: provider organization, workspace or project, key. */
export type ApiAccount = {
  readonly id: string;
  readonly parentId: string | null;
  readonly serviceProviderId: string;
  readonly classifications: readonly Classification[];
};

/** One line of an invoice, in the invoice's currency. */
export type Charge = {
  readonly id: string;
  readonly chargeCategory: ChargeCategory;
  readonly billedCostMinor: number;
  readonly chargePeriod: Period | null;
  /** Seats, of a purchase on a subscription; null covers all seats. */
  readonly quantity: number | null;
  readonly subscriptionId: string | null;
  readonly planId: string | null;
  readonly apiAccountId: string | null;
  readonly memberId: string | null;
  readonly outOfScope: boolean;
  readonly shares: readonly Share[];
  /** Ids of the lines that a tax or credit follows; empty: all usage and purchase lines. */
  readonly follows: readonly string[];
  /** Of a tax: the part that is got back, in basis points. */
  readonly recoverableBasisPoints: number;
  /** Reverse charge: a tax that the invoice does not ask for. */
  readonly selfAssessed: boolean;
};

/** An invoice that is not voided, with its charges in their order. */
export type Invoice = {
  readonly id: string;
  readonly serviceProviderId: string;
  readonly issueDate: CalendarDate;
  readonly currency: Currency;
  readonly billedCostMinor: number;
  /** What a member who paid got back, when that differs: that is the cost. */
  readonly reimbursedMinor: number | null;
  readonly charges: readonly Charge[];
};

/** Credit at a provider that is not voided: use that it pays for costs what the credit did. */
export type CreditGrant = {
  readonly id: string;
  readonly kind: CreditGrantKind;
  readonly serviceProviderId: string;
  /** Of an allowance: what each seat includes a calendar month. */
  readonly amountMinor: number;
  readonly currency: Currency;
  /** The only account, with all below it, whose use it pays for; null: the provider's whole use. */
  readonly apiAccountId: string | null;
  /** Of an allowance: the contract whose plan includes it. */
  readonly subscriptionId: string | null;
  /** Of an allowance: what one seat leaves another may use. */
  readonly pooled: boolean;
  readonly startsOn: CalendarDate;
  /** The first day on which it pays for nothing more; null: never. */
  readonly expiresOn: CalendarDate | null;
  /** Of a purchase: the line that bought it; null while its invoice is not in the books. */
  readonly chargeId: string | null;
};
