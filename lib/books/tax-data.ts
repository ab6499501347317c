import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { TaxDefaults, TaxTreatment } from "@/lib/domain/tax";

/** The columns that say how a provider's invoices are usually taxed. */
export const TAX_DEFAULTS = {
  taxTreatment: true,
  taxRateBasisPoints: true,
  taxRecoverableBasisPoints: true,
  taxCode: true,
} as const;

type Row = {
  readonly taxTreatment: TaxTreatment | null;
  readonly taxRateBasisPoints: number;
  readonly taxRecoverableBasisPoints: number;
  readonly taxCode: string | null;
};

/** Null where nobody has said. */
export const toTaxDefaults = (row: Row): TaxDefaults | null =>
  row.taxTreatment && {
    treatment: row.taxTreatment,
    rateBasisPoints: row.taxRateBasisPoints,
    recoverableBasisPoints: row.taxRecoverableBasisPoints,
    code: row.taxCode,
  };

/** How each provider's invoices are usually taxed, by provider, where somebody has said. */
export async function loadTaxDefaults(db: Db, ctx: Ctx): Promise<ReadonlyMap<string, TaxDefaults>> {
  const rows = await db.serviceProvider.findMany({
    where: { organizationId: ctx.organization.id, taxTreatment: { not: null } },
    select: { id: true, ...TAX_DEFAULTS },
  });
  return new Map(
    rows.flatMap(({ id, ...row }): [string, TaxDefaults][] => {
      const defaults = toTaxDefaults(row);
      return defaults ? [[id, defaults]] : [];
    }),
  );
}
