import "server-only";

import { authorize, authorizeTeam, type Ctx } from "@/lib/auth/ctx";
import {
  type ActualSum,
  assertTargets,
  findActual,
  findAmounts,
  findTargets,
  type PlannedAmount,
  saveAmounts,
  type Targets,
} from "@/lib/budgets/grid-data";
import { findOwnersOn } from "@/lib/budgets/owners-data";
import {
  type BudgetGrid,
  type BudgetTarget,
  type BudgetVersion,
  type GridChange,
  type GridChangeResult,
  type GridRow,
  type TargetKey,
  targetText,
} from "@/lib/budgets/schema";
import { assertDraft } from "@/lib/budgets/service";
import { getVersion, updateVersion } from "@/lib/budgets/versions-data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, write } from "@/lib/db/client";
import { monthsOfYear, PLANNED_PURPOSES, YEAR_MONTHS } from "@/lib/domain/budget-plan";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { money, sumMinor } from "@/lib/domain/money";
import { firstDayOf, type Month, shiftMonth } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import type { Named } from "@/lib/fields/schema";
import { readLedger } from "@/lib/ledger/read";
import { raiseAlerts } from "@/lib/thresholds/evaluate";

/** A year's grid: every line of every team and product that the reader may plan for or see, planned or not. */
export async function readGrid(ctx: Ctx, { versionId }: { versionId: string }): Promise<BudgetGrid> {
  authorize(ctx, "budget:read");
  return await readLedger(ctx, async (db) => {
    const version = await getVersion(db, ctx, versionId);
    const { fiscalYear } = version;
    const targets = await findTargets(db, ctx, firstDayOf(fiscalYear));
    const amounts = await findAmounts(db, ctx, versionId);
    const before = { from: shiftMonth(fiscalYear, -YEAR_MONTHS), to: shiftMonth(fiscalYear, -1) };
    const actual = await findActual(db, ctx, before);
    const owners = await findOwnersOn(db, ctx, utcDateOf(ctx.now));
    return {
      version,
      currency: ctx.organization.baseCurrency,
      months: monthsOfYear(fiscalYear),
      rows: rowsOf(ctx, version, { targets, amounts, actual, owners }),
    };
  });
}

type Facts = {
  readonly targets: Targets;
  readonly amounts: readonly PlannedAmount[];
  readonly actual: readonly ActualSum[];
  readonly owners: ReadonlyMap<string, Named>;
};

function rowsOf(ctx: Ctx, version: BudgetVersion, { targets, amounts, actual, owners }: Facts): GridRow[] {
  const months = monthsOfYear(version.fiscalYear);
  const planned = Map.groupBy(amounts, targetText);
  const costs = costsOf(actual);
  const all = can(ctx.actor.roles, "books:read_all");
  const mayWrite = version.approvedAt === null && can(ctx.actor.roles, "budget:write");
  const mayWriteAll = mayWrite && can(ctx.actor.roles, "books:write_all");
  return PLANNED_PURPOSES.flatMap((purpose) => {
    const every = [
      ...(all ? [{ teamId: null, productId: null, purpose, named: {}, open: true }] : []),
      ...targets.teams.map(({ open, ...team }) => ({
        ...{ teamId: team.id, productId: null, purpose, open },
        named: { team },
      })),
      ...targets.products.map(({ open, ...product }) => ({
        ...{ teamId: null, productId: product.id, purpose, open },
        named: { product },
      })),
    ];
    return every.flatMap(({ named, open, ...key }): GridRow[] => {
      const own = planned.get(targetText(key)) ?? [];
      if (!open && own.length === 0) return [];
      const byMonth = new Map(own.map(({ month, amountMinor }) => [month, amountMinor]));
      const led = key.teamId !== null && ctx.actor.ledTeamIds.includes(key.teamId);
      return [
        {
          ...{ team: null, product: null, ...named, purpose },
          amountsMinor: months.map((month) => byMonth.get(month) ?? null),
          lastYearMinor: months.map(
            (month) => costs.get(monthKey(key, shiftMonth(month, -YEAR_MONTHS))) ?? 0,
          ),
          owner: owners.get(targetText(key)) ?? null,
          mayChange: mayWriteAll || (mayWrite && led),
        },
      ];
    });
  });
}

/** What each month cost each team, each product and, for neither, the whole line. */
function costsOf(actual: readonly ActualSum[]): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { teamId, productId, purpose, month, minor } of actual) {
    const targets = [
      { purpose, teamId: null, productId: null },
      ...(teamId === null ? [] : [{ purpose, teamId, productId: null }]),
      ...(productId === null ? [] : [{ purpose, teamId: null, productId }]),
    ];
    for (const target of targets) {
      const key = monthKey(target, month);
      costs.set(key, sumMinor([costs.get(key) ?? 0, minor]));
    }
  }
  return costs;
}

const monthKey = (target: TargetKey, month: Month): string => `${targetText(target)} ${month}`;

/**
 * Plans the months of some rows, all or nothing; the other rows stay. With `dryRun`, only says what would change.
 *
 * @throws DomainError `budget_frozen`, `stale_version`, `forbidden` for a team that the lead does not lead
 */
export async function changeGrid(
  ctx: Ctx,
  { versionId, version, rows, dryRun }: GridChange,
): Promise<GridChangeResult> {
  authorize(ctx, "budget:write");
  for (const { teamId } of rows) {
    if (teamId === null) authorizeUndivided(ctx);
    else authorizeTeam(ctx, "budget:write", teamId);
  }
  return await write(ctx, async (db) => {
    const before = await getVersion(db, ctx, versionId);
    assertDraft(before);
    assertFresh(before, version);
    await assertTargets(db, ctx, rows);
    const planned = await findAmounts(db, ctx, versionId);
    const changes = changesOf(monthsOfYear(before.fiscalYear), rows, planned);
    const result = await resultOf(db, ctx, before, { changes, planned });
    if (dryRun || changes.length === 0) return { ...result, dryRun };

    await updateVersion(db, ctx, { id: versionId, version }, {});
    await saveAmounts(db, ctx, versionId, changes);
    await recordAudit(db, ctx, {
      action: "budget.change",
      targetType: "budget_version",
      targetId: versionId,
      before: {
        amounts: changes.map(({ amountMinor: _, beforeMinor, ...key }) => ({
          ...key,
          amountMinor: beforeMinor,
        })),
      },
      after: { amounts: changes.map(({ beforeMinor: _, ...change }) => change) },
    });
    await raiseAlerts(db, ctx);
    return { ...result, dryRun, version: version + 1 };
  });
}

/** What belongs to no team is planned by whoever plans everything. */
function authorizeUndivided(ctx: Ctx): void {
  if (can(ctx.actor.roles, "books:write_all")) return;
  throw new DomainError("forbidden", "You may do that only for the teams that you lead.");
}

function assertFresh({ version }: BudgetVersion, read: number): void {
  if (version === read) return;
  throw new DomainError(
    "stale_version",
    "Somebody changed this in the meantime. Look at it again, then repeat your change.",
  );
}

type MonthChange = TargetKey & {
  readonly month: Month;
  readonly beforeMinor: number | null;
  readonly amountMinor: number | null;
};

function changesOf(
  months: readonly Month[],
  rows: GridChange["rows"],
  planned: readonly PlannedAmount[],
): MonthChange[] {
  const before = new Map(planned.map((one) => [monthKey(one, one.month), one.amountMinor]));
  return rows
    .flatMap(({ amountsMinor, ...target }) =>
      months.map((month, index) => ({
        ...target,
        month,
        beforeMinor: before.get(monthKey(target, month)) ?? null,
        amountMinor: amountsMinor[index] ?? null,
      })),
    )
    .filter(({ beforeMinor, amountMinor }) => beforeMinor !== amountMinor);
}

async function resultOf(
  db: Db,
  ctx: Ctx,
  version: BudgetVersion,
  { changes, planned }: { changes: readonly MonthChange[]; planned: readonly PlannedAmount[] },
): Promise<Omit<GridChangeResult, "dryRun">> {
  const { teams, products } = await findTargets(db, ctx, firstDayOf(version.fiscalYear));
  const named = (all: readonly Named[], id: string | null): Named | null => {
    const found = all.find((one) => one.id === id);
    return found ? { id: found.id, name: found.name } : null;
  };
  const target = ({ teamId, productId, purpose }: TargetKey): BudgetTarget => ({
    team: named(teams, teamId),
    product: named(products, productId),
    purpose,
  });
  const { baseCurrency } = ctx.organization;
  return {
    version: version.version,
    changes: changes.map(({ month, beforeMinor, amountMinor, ...key }) => ({
      ...target(key),
      month,
      beforeMinor,
      afterMinor: amountMinor,
    })),
    lines: PLANNED_PURPOSES.map((purpose) => {
      const before = sumMinor(planned.filter((one) => one.purpose === purpose).map((one) => one.amountMinor));
      const more = sumMinor(
        changes
          .filter((one) => one.purpose === purpose)
          .map(({ beforeMinor, amountMinor }) => (amountMinor ?? 0) - (beforeMinor ?? 0)),
      );
      return { purpose, before: money(before, baseCurrency), after: money(before + more, baseCurrency) };
    }),
  };
}
