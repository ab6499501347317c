import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { loadContracts, loadProrationRules, loadSeatFees } from "@/lib/books/data";
import {
  type CoveredAccount,
  type Estimated,
  findCoveredAccounts,
  findCoveredSubscriptions,
  findEstimated,
} from "@/lib/coverage/data";
import type { Db } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { accountCoverage, type CoverageState, seatCoverage, worstOf } from "@/lib/domain/coverage";
import { uncoveredCharges } from "@/lib/domain/estimates";
import { firstDayOf, type Month, monthOf, monthsBetween, periodOfMonth } from "@/lib/domain/month";
import { intersect, type Period } from "@/lib/domain/period";
import { readLedger } from "@/lib/ledger/read";
import type { Coverage } from "@/lib/ledger/schema";

type Contract = Coverage["contracts"][number];

/** Per contract and month, whether its invoice is there; rolled up per provider. */
export async function getCoverage(ctx: Ctx, { from, to }: { from: Month; to: Month }): Promise<Coverage> {
  authorize(ctx, "books:read");
  const months = monthsBetween(from, to);
  const contracts = await readLedger(ctx, (db) => coverageWithin(db, ctx, months));
  const byProvider = Map.groupBy(contracts, ({ serviceProvider }) => serviceProvider.id);
  return {
    from,
    to,
    contracts,
    serviceProviders: [...byProvider.values()].flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      return [
        {
          serviceProvider: first.serviceProvider,
          months: months.map((month, index) => rollUp(group, month, index)),
        },
      ];
    }),
  };
}

/** The coverage of each contract in a transaction that is under way. */
export async function coverageWithin(db: Db, ctx: Ctx, months: readonly Month[]): Promise<Contract[]> {
  const [from, to] = [months[0], months.at(-1)];
  if (from === undefined || to === undefined) return [];
  const estimated = await findEstimated(db, ctx, { from, to });
  return [
    ...(await seatContracts(db, ctx, months, estimated)),
    ...(await meteredContracts(db, ctx, months, estimated)),
  ];
}

const rollUp = (group: readonly Contract[], month: Month, index: number) => ({
  month,
  state: worstOf(group.map((contract) => contract.months[index]?.state ?? "not_expected")),
});

async function seatContracts(
  db: Db,
  ctx: Ctx,
  months: readonly Month[],
  estimates: Estimated,
): Promise<Contract[]> {
  const covered = await findCoveredSubscriptions(db, ctx);
  const ids = covered.map(({ id }) => id);
  const subscriptions = await loadContracts(db, ctx, ids);
  const prorationRules = await loadProrationRules(db, ctx, [...subscriptions.values()]);
  const fees = await loadSeatFees(db, ctx, ids);

  return covered.flatMap(({ charged, ...contract }) => {
    const subscription = subscriptions.get(contract.id);
    if (!subscription) return [];
    const rows = uncoveredCharges(subscription, fees.get(contract.id) ?? [], {
      prorationRules,
      today: utcDateOf(ctx.now),
    });
    return [
      {
        kind: "subscription" as const,
        ...contract,
        months: months.map((month) => {
          const estimated = estimates.has(contract.id, month);
          const before = month < ctx.organization.booksStart;
          return {
            month,
            state: before
              ? ("not_expected" as const)
              : seatCoverage(rows, { month, days: periodOfMonth(month), charged, estimated }),
          };
        }),
      },
    ];
  });
}

async function meteredContracts(
  db: Db,
  ctx: Ctx,
  months: readonly Month[],
  estimates: Estimated,
): Promise<Contract[]> {
  if (!ctx.actor.roles.some((role) => role !== "member")) return [];
  const accounts = await findCoveredAccounts(db, ctx);
  return accounts.map((account) => ({
    kind: "api_account" as const,
    id: account.id,
    name: account.name,
    serviceProvider: account.serviceProvider,
    months: months.map((month) => ({ month, state: stateOf(account, month, ctx, estimates) })),
  }));
}

function stateOf(account: CoveredAccount, month: Month, ctx: Ctx, estimates: Estimated): CoverageState {
  const { accountIds, only, charged, serviceProvider } = account;
  const ids = only ? [...accountIds, serviceProvider.id] : accountIds;
  return accountCoverage({
    month: periodOfMonth(month),
    expected: expectedDays(account, month, ctx),
    charged,
    estimated: ids.some((id) => estimates.has(id, month)),
  });
}

/** The days of a month on which an account is expected to be invoiced: from its start, as far as it is known. */
function expectedDays(
  {
    startsOn,
    endsOn,
    createdOn,
    charged,
  }: Pick<CoveredAccount, "startsOn" | "endsOn" | "createdOn" | "charged">,
  month: Month,
  ctx: Ctx,
): Period {
  const days = periodOfMonth(month);
  const first =
    startsOn ??
    charged.reduce(
      (start, period) => (period.start < start ? period.start : start),
      firstDayOf(monthOf(createdOn)),
    );
  const start =
    first > firstDayOf(ctx.organization.booksStart) ? first : firstDayOf(ctx.organization.booksStart);
  const lastMonth = periodOfMonth(monthOf(utcDateOf(ctx.now))).end;
  return intersect(days, { start, end: endsOn !== null && endsOn < lastMonth ? endsOn : lastMonth });
}
