import { lineageOf } from "./api-sharing";
import { addDays, type CalendarDate } from "./calendar-date";
import { fractionDigits } from "./currency";
import { nanoOfMinor } from "./decimal";
import type { ApiAccount, Charge, CreditGrant } from "./facts";
import type { MeteredDay } from "./metered";
import { daysIn } from "./period";

type Accounts = ReadonlyMap<string, ApiAccount>;

/** What a grant paid for, in time: each a day's use, or the part of it that the grant paid for. */
export type Draw = { readonly grant: CreditGrant; readonly used: readonly MeteredDay[] };

/** What the grants of a provider paid for, and what they left to be paid. */
export type DrawnCredits = { readonly draws: readonly Draw[]; readonly rest: readonly MeteredDay[] };

/** A day's use of a seat: within what it includes, at what that is worth, or on top of it. */
export type SeatUse = MeteredDay & { readonly onTop: boolean };

/** The credit at the providers that posting is about. */
export type Credits = {
  readonly grants: readonly CreditGrant[];
  /** By provider; one without credit is not among them. */
  readonly drawn: ReadonlyMap<string, DrawnCredits>;
  /** What members used of their seats, in the months whose allowances are at hand. */
  readonly seatUse: readonly SeatUse[];
};

export const NO_CREDITS: Credits = { grants: [], drawn: new Map(), seatUse: [] };

/**
 * Pays a provider's use from its grants, day after day, from the one that expires first (posting rule 8). Use that is
 * taken back is given back to the grants that paid last.
 *
 * @param grants of the provider; allowances of plans pay for no metered use
 * @param usage of the provider, without what an invoice charges
 */
export function drawDown(
  grants: readonly CreditGrant[],
  usage: readonly MeteredDay[],
  accounts: Accounts,
): DrawnCredits {
  const purses = grants
    .filter(({ kind }) => kind !== "allowance")
    .toSorted(byExpiry)
    .map((grant) => ({ grant, left: amountNano(grant), used: [] as MeteredDay[] }));
  if (purses.length === 0) return { draws: [], rest: usage };

  const within = isWithin(accounts);
  const unpaid = new Map<MeteredDay, bigint>();
  for (const used of usage.toSorted((a, b) => compare(a.day, b.day))) {
    let open = used.costNano;
    for (const purse of open < 0n ? purses.toReversed() : purses) {
      if (open === 0n || !paysFor(purse.grant, used, within)) continue;
      const spent = amountNano(purse.grant) - purse.left;
      const drawn = open > 0n ? smaller(open, purse.left) : -smaller(-open, spent);
      if (drawn === 0n) continue;
      purse.left -= drawn;
      purse.used.push({ ...used, costNano: drawn });
      open -= drawn;
    }
    unpaid.set(used, open);
  }
  return {
    draws: purses.map(({ grant, used }) => ({ grant, used })),
    rest: usage.flatMap((used) => {
      const costNano = unpaid.get(used) ?? 0n;
      return costNano === 0n ? [] : [{ ...used, costNano }];
    }),
  };
}

/** The oldest expiry first; then what nothing but its entry tells apart. */
function byExpiry(a: CreditGrant, b: CreditGrant): number {
  const keyOf = ({ expiresOn, startsOn, kind, amountMinor, id }: CreditGrant) =>
    [expiresOn ?? "~", startsOn, kind, String(amountMinor).padStart(16, "0"), id].join(" ");
  return compare(keyOf(a), keyOf(b));
}

function paysFor(
  { apiAccountId, currency, startsOn, expiresOn }: CreditGrant,
  used: MeteredDay,
  within: (id: string | null, over: string) => boolean,
): boolean {
  return (
    used.currency === currency &&
    startsOn <= used.day &&
    (expiresOn === null || used.day < expiresOn) &&
    (apiAccountId === null || within(used.apiAccountId, apiAccountId))
  );
}

/** Whether an account is another or lies below it; looked up once for each. */
function isWithin(accounts: Accounts): (id: string | null, over: string) => boolean {
  const lineages = new Map<string, ReadonlySet<string>>();
  return (id, over) => {
    const account = id === null ? undefined : accounts.get(id);
    if (!account) return false;
    const lineage = lineages.get(account.id) ?? new Set(lineageOf(account, accounts).map((each) => each.id));
    lineages.set(account.id, lineage);
    return lineage.has(over);
  };
}

/** The whole amount of a grant in nano-units. */
export const amountNano = ({ amountMinor, currency }: CreditGrant): bigint =>
  nanoOfMinor(amountMinor, fractionDigits(currency));

export const drawnNano = ({ used }: Pick<Draw, "used">): bigint =>
  used.reduce((sum, { costNano }) => sum + costNano, 0n);

/** Whether a line can have bought credit: a purchase that is no seat fee, and about AI. */
export const buysCredit = ({
  chargeCategory,
  subscriptionId,
  outOfScope,
}: Pick<Charge, "chargeCategory" | "subscriptionId" | "outOfScope">): boolean =>
  chargeCategory === "purchase" && subscriptionId === null && !outOfScope;

/** What the credit that a charge bought has paid for; null of a charge that bought none. */
export function drawOfCharge(chargeId: string, { grants, drawn }: Credits): Draw | null {
  const grant = grants.find((each) => each.chargeId === chargeId);
  const draws = grant ? drawn.get(grant.serviceProviderId)?.draws : undefined;
  return draws?.find((draw) => draw.grant.id === grant?.id) ?? null;
}

/** Whether a grant pays for nothing more. */
export const isExpired = ({ expiresOn }: CreditGrant, today: CalendarDate): boolean =>
  expiresOn !== null && expiresOn <= today;

/** How many of the last days tell how fast a credit is used: four whole weeks. */
const RUN_RATE_DAYS = 28;
/** What lasts longer is not worth a date. */
const BURN_DOWN_DAYS_MAX = 3_650n;

/**
 * The day on which a balance comes to nothing when its use goes on as in the last four weeks, or since it began.
 *
 * @returns null when nothing was used lately, or when it lasts until it expires
 */
export function burnDownDate(
  balanceNano: bigint,
  used: readonly MeteredDay[],
  { startsOn, expiresOn }: Pick<CreditGrant, "startsOn" | "expiresOn">,
  today: CalendarDate,
): CalendarDate | null {
  const month = addDays(today, 1 - RUN_RATE_DAYS);
  const first = startsOn > month ? startsOn : month;
  const recent = drawnNano({ used: used.filter(({ day }) => first <= day && day <= today) });
  if (recent <= 0n || balanceNano <= 0n) return null;
  const days = BigInt(daysIn({ start: first, end: today }) + 1);
  const left = (balanceNano * days + recent - 1n) / recent;
  if (left > BURN_DOWN_DAYS_MAX) return null;
  const date = addDays(today, Number(left));
  return expiresOn !== null && expiresOn <= date ? null : date;
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
