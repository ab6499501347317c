import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, write } from "@/lib/db/client";
import { notFound, required } from "@/lib/db/version";
import { fractionDigits } from "@/lib/domain/currency";
import { minorOfNano } from "@/lib/domain/decimal";
import { DomainError } from "@/lib/domain/errors";
import { type Money, money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import { isTolerated, reconcile, type Tolerance, unexplainedOf } from "@/lib/domain/reconciliation";
import { readLedger } from "@/lib/ledger/read";
import {
  type AcceptanceRow,
  deleteAcceptance,
  findAcceptances,
  getTolerance,
  saveAcceptance,
} from "@/lib/reconciliation/acceptance-data";
import { findContractNames } from "@/lib/reconciliation/data";
import type {
  AcceptanceInput,
  ContractMonth,
  ReconciledContract,
  ReconciledRows,
  Reconciliation,
} from "@/lib/reconciliation/schema";
import { type ContractSides, loadSides } from "@/lib/reconciliation/sides";

/** Per contract, what was expected, metered, billed and paid in a month, and why they differ. */
export async function readReconciliation(ctx: Ctx, { month }: { month: Month }): Promise<Reconciliation> {
  authorize(ctx, "reconciliation:read");
  return await readLedger(ctx, async (db) => {
    const tolerance = await getTolerance(db, ctx);
    const contracts = (await reconcileMonth(db, ctx, month)).map(({ result }) => result);
    const { toleranceMinor, tolerancePerMille: perMille } = tolerance;
    return {
      month,
      tolerance: { amount: money(toleranceMinor, ctx.organization.baseCurrency), perMille },
      contracts: contracts.filter(saysSomething),
    };
  });
}

/** One contract with the rows behind each side. */
export async function readReconciledContract(
  ctx: Ctx,
  { month, id }: ContractMonth,
): Promise<ReconciledRows> {
  authorize(ctx, "reconciliation:read");
  return await readLedger(ctx, async (db) => {
    const { result, sides } = await findContract(db, ctx, { month, id });
    return { ...result, rows: rowsOf(ctx, sides, await findContractNames(db, ctx)) };
  });
}

/**
 * Says why a contract's unexplained difference of a month is there, or accepts it as it is. It holds for that amount:
 * when the difference changes, it stands open again.
 *
 * @throws DomainError `stale_version`, when the difference is no longer the one that was looked at
 */
export async function acceptDifference(ctx: Ctx, input: AcceptanceInput): Promise<ReconciledContract> {
  authorize(ctx, "reconciliation:accept");
  const { month, id, type, amount, note } = input;
  await readLedger(ctx, async () => null);
  return await write(ctx, async (db) => {
    const { result } = await findContract(db, ctx, { month, id });
    const { unexplained } = result;
    if (unexplained.minor !== amount.minor || unexplained.currency !== amount.currency) {
      throw new DomainError("stale_version", "This difference is another one by now. Look at it again.");
    }
    if (unexplained.minor === 0) {
      const message = "Nothing is unexplained here.";
      throw new DomainError("invalid_input", message, { fields: { amount: message } });
    }
    await saveAcceptance(db, ctx, { month, contract: result, type, amountMinor: amount.minor, note });
    await recordAudit(db, ctx, {
      action: "difference.accept",
      targetType: "difference",
      targetId: id,
      after: { month, type, amount, note },
    });
    return (await findContract(db, ctx, { month, id })).result;
  });
}

/** Takes an explanation back: the difference stands open again. */
export async function withdrawAcceptance(ctx: Ctx, { month, id }: ContractMonth): Promise<void> {
  authorize(ctx, "reconciliation:accept");
  await write(ctx, async (db) => {
    if ((await deleteAcceptance(db, ctx, { month, id })) === 0) throw notFound();
    await recordAudit(db, ctx, {
      action: "difference.withdraw",
      targetType: "difference",
      targetId: id,
      before: { month },
    });
    return null;
  });
}

/** The contracts of a month that differ beyond the tolerance without an explanation: what keeps it from being closed. */
export async function findUnexplained(db: Db, ctx: Ctx, month: Month): Promise<ReconciledContract[]> {
  const contracts = (await reconcileMonth(db, ctx, month)).map(({ result }) => result);
  return contracts.filter(({ state }) => state === "unexplained");
}

type Found = { readonly result: ReconciledContract; readonly sides: ContractSides };

async function reconcileMonth(db: Db, ctx: Ctx, month: Month): Promise<Found[]> {
  const tolerance = await getTolerance(db, ctx);
  const acceptances = await findAcceptances(db, ctx, month);
  return (await loadSides(db, ctx, month)).map((sides) => ({
    sides,
    result: resultOf(ctx, sides, tolerance, acceptances.get(sides.contract.id) ?? null),
  }));
}

async function findContract(db: Db, ctx: Ctx, { month, id }: ContractMonth): Promise<Found> {
  return required((await reconcileMonth(db, ctx, month)).find(({ result }) => result.id === id));
}

function resultOf(
  { organization: { baseCurrency } }: Ctx,
  { kind, contract, sides, billed, settled }: ContractSides,
  tolerance: Tolerance,
  acceptance: AcceptanceRow | null,
): ReconciledContract {
  const empty = { seats: [], use: [], billed, settled: [], changes: [], prices: [] };
  const reconciled = reconcile(sides ?? empty);
  const inBase = (minor: number): Money => money(minor, baseCurrency);
  const orNull = (minor: number | null) => (minor === null ? null : inBase(minor));
  const unexplainedMinor = unexplainedOf(reconciled);
  const current = acceptance !== null && acceptance.amountMinor === unexplainedMinor;
  const tolerated = isTolerated(unexplainedMinor, reconciled.billedMinor, tolerance);
  const { id, name, serviceProvider } = contract;
  return {
    kind,
    id,
    name,
    serviceProvider,
    expected: orNull(reconciled.expectedMinor),
    metered: orNull(reconciled.meteredMinor),
    billed: orNull(reconciled.billedMinor),
    settled: settled.length > 0 ? orNull(reconciled.settledMinor) : null,
    difference: inBase(reconciled.differenceMinor),
    differences: reconciled.differences.map(({ type, amountMinor }) => ({
      type,
      amount: inBase(amountMinor),
    })),
    unexplained: inBase(unexplainedMinor),
    state: unexplainedMinor === 0 ? "agrees" : current ? "accepted" : tolerated ? "tolerated" : "unexplained",
    acceptance: acceptance && {
      type: acceptance.type,
      amount: inBase(acceptance.amountMinor),
      note: acceptance.note,
      acceptedAt: acceptance.acceptedAt.toISOString(),
      acceptedBy: acceptance.acceptedBy,
      current,
    },
    rateMissing: sides === null,
  };
}

const saysSomething = ({ expected, metered, billed, settled, rateMissing }: ReconciledContract): boolean =>
  rateMissing || [expected, metered, billed, settled].some((side) => side !== null);

function rowsOf(
  { organization: { baseCurrency } }: Ctx,
  { sides, use, billed, settled }: ContractSides,
  names: ReadonlyMap<string, string>,
): ReconciledRows["rows"] {
  return {
    expected: (sides?.seats ?? []).map(({ planId, kind, period, seats, currency, amount, open }) => ({
      plan: names.get(planId) ?? "",
      kind,
      period,
      seats,
      amount: money(amount.costMinor, currency),
      open: money(open.costMinor, currency),
    })),
    metered: use.map(({ apiAccountId, currency, costNano }) => ({
      account: apiAccountId === null ? null : (names.get(apiAccountId) ?? null),
      amount: money(minorOfNano(costNano, fractionDigits(currency)), currency),
    })),
    billed: billed.map((line) => ({
      chargeId: line.chargeId,
      invoice: { id: line.invoiceId, name: line.invoiceNumber },
      description: line.description,
      chargeCategory: line.chargeCategory,
      period: line.period,
      amount: money(line.amount.costMinor, line.currency),
      baseAmount: money(line.amount.baseCostMinor, baseCurrency),
    })),
    settled: settled.map(({ id, invoiceId, invoiceNumber, paidOn, amountMinor, bankFeeMinor }) => ({
      id,
      invoice: { id: invoiceId, name: invoiceNumber },
      paidOn,
      amount: money(amountMinor, baseCurrency),
      bankFee: money(bankFeeMinor, baseCurrency),
    })),
  };
}
