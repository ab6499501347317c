import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { findCreditScopes, findSeatUse, loadCreditGrants } from "@/lib/books/credits-data";
import { loadBooks, loadContracts } from "@/lib/books/data";
import { loadMeteredCharges } from "@/lib/books/usage-data";
import type { GrantRow } from "@/lib/credit-grants/data";
import type { CreditGrant, CreditGrantState } from "@/lib/credit-grants/schema";
import type { Db } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { allowanceBalance, type CreditBalance, creditBalance } from "@/lib/domain/credit-balance";
import { fractionDigits } from "@/lib/domain/currency";
import { minorOfNano, nanoOfMinor } from "@/lib/domain/decimal";
import { withCredits } from "@/lib/domain/metered-estimates";
import { money } from "@/lib/domain/money";
import { monthOf, periodOfMonth } from "@/lib/domain/month";

/** The grants with where each stands today. */
export async function withBalances(db: Db, ctx: Ctx, rows: readonly GrantRow[]): Promise<CreditGrant[]> {
  const today = utcDateOf(ctx.now);
  const balances = await loadBalances(db, ctx, [
    ...new Set(rows.map(({ serviceProvider }) => serviceProvider.id)),
  ]);
  return rows.map((row) => {
    const { currency } = row.amount;
    const nano = (minor: number) => nanoOfMinor(minor, fractionDigits(currency));
    const nothing = { drawnNano: 0n, balanceNano: 0n, expiredNano: 0n, overNano: 0n, burnDownOn: null };
    const balance = balances.get(row.id) ?? { ...nothing, includedNano: nano(row.amount.minor) };
    const amount = (of: bigint) => money(minorOfNano(of, fractionDigits(currency)), currency);
    const [included, drawn] = [amount(balance.includedNano), amount(balance.drawnNano)];
    const expired = balance.expiredNano === 0n ? amount(0n) : money(included.minor - drawn.minor, currency);
    return {
      ...row,
      state: stateOf(row, balance, today),
      included,
      drawn,
      balance: balance.balanceNano === 0n ? amount(0n) : money(included.minor - drawn.minor, currency),
      expired,
      over: amount(balance.overNano),
      cost: row.kind === "purchase" ? money(drawn.minor + expired.minor, currency) : amount(0n),
      burnDownOn: balance.burnDownOn,
    };
  });
}

function stateOf(row: GrantRow, { balanceNano }: CreditBalance, today: string): CreditGrantState {
  if (row.void) return "void";
  if (row.expiresOn !== null && row.expiresOn <= today) return "expired";
  if (row.startsOn > today) return "upcoming";
  return balanceNano === 0n ? "used_up" : "open";
}

/** Where each grant of these providers that is not voided stands, by grant. */
async function loadBalances(
  db: Db,
  ctx: Ctx,
  serviceProviderIds: readonly string[],
): Promise<Map<string, CreditBalance>> {
  const today = utcDateOf(ctx.now);
  const metered = await findCreditScopes(db, ctx, serviceProviderIds);
  const books = withCredits(
    await loadBooks(db, ctx, { invoices: [], subscriptionIds: [], metered }),
    await loadMeteredCharges(db, ctx, serviceProviderIds),
  );
  const draws = [...books.credits.drawn.values()].flatMap((drawn) => drawn.draws);

  const grants = await loadCreditGrants(db, ctx, serviceProviderIds);
  const allowances = grants.filter(({ kind }) => kind === "allowance");
  const contracts = await loadContracts(
    db,
    ctx,
    allowances.flatMap(({ subscriptionId }) => subscriptionId ?? []),
  );
  const days = periodOfMonth(monthOf(today));
  const seatUse = await findSeatUse(
    db,
    ctx,
    [...new Set(allowances.map((grant) => grant.serviceProviderId))].map((id) => ({
      serviceProviderId: id,
      days,
    })),
  );
  return new Map([
    ...draws.map((draw): [string, CreditBalance] => [draw.grant.id, creditBalance(draw, today)]),
    ...allowances.flatMap((grant): [string, CreditBalance][] => {
      const contract = contracts.get(grant.subscriptionId ?? "");
      const used = seatUse.filter(({ serviceProviderId }) => serviceProviderId === grant.serviceProviderId);
      return contract ? [[grant.id, allowanceBalance(grant, contract, used, today)]] : [];
    }),
  ]);
}
