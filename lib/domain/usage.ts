import type { CalendarDate } from "./calendar-date";
import type { Currency } from "./currency";

/** Tokens by what they are charged as; never added to each other before they are priced. */
export const TOKEN_TYPES = ["uncachedInput", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output"] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenCounts = Readonly<Record<TokenType, number>>;

export const NO_TOKENS: TokenCounts = {
  uncachedInput: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  output: 0,
};

/** How fast and on what terms a provider served a request; batch is half price. */
export const SERVICE_TIERS = ["standard", "batch", "priority", "flex", "fast"] as const;
export type ServiceTier = (typeof SERVICE_TIERS)[number];

/**
 * What the cost of a row of usage means. `metered`: an API account is charged for it. `on_top`: charged beyond what a
 * seat includes. `api_equivalent`: what a flat plan's use would have cost on the API; never money spent.
 */
export const USAGE_COST_KINDS = ["metered", "on_top", "api_equivalent"] as const;
export type UsageCostKind = (typeof USAGE_COST_KINDS)[number];

/** Who or what a provider's file says used it, as the file names it. */
export const IDENTITY_KINDS = ["email", "user", "api_key", "workspace", "device"] as const;
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** A name in a file. `externalId` is the provider's id where the file has one, else the name itself. */
export type ExternalIdentity = {
  readonly kind: IdentityKind;
  readonly externalId: string;
  readonly name: string;
  /** The workspace or project that a key belongs to. */
  readonly parent: ExternalIdentity | null;
};

/** A cost finer than a cent: whole nano-units (a thousand millionth) of its currency. */
export type NanoMoney = { readonly nano: bigint; readonly currency: Currency };

/** One row of usage as a file states it. */
export type UsageFact = {
  readonly kind: "usage";
  /** Where in the file, counted from 1; of a quoted record over several lines, its first. */
  readonly line: number;
  /** A UTC day, as the providers count. */
  readonly day: CalendarDate;
  readonly identity: ExternalIdentity;
  /** As `canonicalModel` writes it; empty where the source does not say. */
  readonly model: string;
  readonly serviceTier: ServiceTier;
  /**
   * Every other dimension by which the source tells rows of the same day, identity, model and tier apart. Rows that
   * agree in all of it are one row: summed within a file, replaced by a later file.
   */
  readonly dimensions: string;
  readonly tokens: TokenCounts;
  readonly requests: number;
  /** What the source says it cost; null: to be priced by the price book. */
  readonly cost: NanoMoney | null;
  readonly costKind: UsageCostKind;
  /** Days over which the source gave one sum, of which this row is one day's share; 1 where it counts by day. */
  readonly spreadDays: number;
};
