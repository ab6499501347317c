import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { refreshAllForecasts } from "@/lib/forecast/refresh";
import { getOrganization, updateOrganization } from "@/lib/organization/data";
import type { Organization, OrganizationChange } from "@/lib/organization/schema";

export async function readOrganization(ctx: Ctx): Promise<Organization> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getOrganization(db, ctx));
}

/**
 * Renames the organization, moves its fiscal year, chooses how use is shown by person or what differences are accepted
 * by themselves; its currency and first month only while nothing was entered.
 *
 * @throws DomainError `still_in_use`
 */
export async function changeOrganization(ctx: Ctx, change: OrganizationChange): Promise<Organization> {
  authorize(ctx, "organization:write");
  return await write(ctx, async (db) => {
    const before = await getOrganization(db, ctx);
    if (before.fixed && (change.baseCurrency ?? change.booksStart) !== undefined) {
      const message =
        "The currency and the first month stay once there are seats, invoices or opening totals.";
      const field = change.baseCurrency === undefined ? "booksStart" : "baseCurrency";
      throw new DomainError("still_in_use", message, { fields: { [field]: message } });
    }
    await updateOrganization(db, ctx, change);
    const after = await getOrganization(db, ctx);
    // It reaches to the end of a fiscal year.
    if (before.fiscalYearStart !== after.fiscalYearStart) {
      const { fiscalYearStart } = after;
      await refreshAllForecasts(db, { ...ctx, organization: { ...ctx.organization, fiscalYearStart } });
    }
    await recordAudit(db, ctx, {
      action: "organization.change",
      targetType: "organization",
      targetId: after.id,
      before,
      after,
    });
    return after;
  });
}
