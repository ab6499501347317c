import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import type { Page } from "@/lib/fields/schema";
import {
  assertPayable,
  findSettlements,
  getSettlement,
  insertSettlement,
  voidSettlementRow,
} from "@/lib/settlements/data";
import type { Settlement, SettlementFilter, SettlementInput, SettlementVoid } from "@/lib/settlements/schema";

export async function listSettlements(ctx: Ctx, filter: SettlementFilter): Promise<Page<Settlement>> {
  authorize(ctx, "reconciliation:read");
  return await read(ctx, (db) => findSettlements(db, ctx, filter));
}

/**
 * Enters what was really paid for an invoice. It changes no line of the budget, only what is left to explain.
 *
 * @throws DomainError `currency_mismatch`, `invoice_void`
 */
export async function createSettlement(ctx: Ctx, input: SettlementInput): Promise<Settlement> {
  authorize(ctx, "settlement:write");
  const { baseCurrency } = ctx.organization;
  for (const field of ["amount", "bankFee"] as const) {
    const currency = input[field]?.currency ?? baseCurrency;
    if (currency === baseCurrency) continue;
    const message = `What was paid is entered in ${baseCurrency}, the currency of the books.`;
    throw new DomainError("currency_mismatch", message, { fields: { [field]: message } });
  }
  return await write(ctx, async (db) => {
    await assertPayable(db, ctx, input.invoiceId);
    const id = await insertSettlement(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "settlement.create",
      targetType: "settlement",
      targetId: id,
      after: input,
    });
    return await getSettlement(db, ctx, id);
  });
}

/** Takes back a payment that was entered wrongly; it stays to be seen. */
export async function voidSettlement(ctx: Ctx, input: SettlementVoid): Promise<Settlement> {
  authorize(ctx, "settlement:write");
  return await write(ctx, async (db) => {
    const { invoice } = await getSettlement(db, ctx, input.id);
    await voidSettlementRow(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "settlement.void",
      targetType: "settlement",
      targetId: input.id,
      before: { invoiceId: invoice.id, state: "posted" },
      after: { invoiceId: invoice.id, state: "void" },
    });
    return await getSettlement(db, ctx, input.id);
  });
}
