import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDate } from "@/lib/db/dates";
import type { ModelPrice } from "@/lib/domain/model-price";

/** A provider's dated token prices. */
export async function findModelPrices(
  db: Db,
  { organization }: Pick<Ctx, "organization">,
  serviceProviderId: string,
): Promise<ModelPrice[]> {
  const rows = await db.modelPrice.findMany({
    where: { organizationId: organization.id, serviceProviderId },
    select: {
      model: true,
      serviceTier: true,
      startsOn: true,
      currency: true,
      uncachedInput: true,
      cacheRead: true,
      cacheWrite5m: true,
      cacheWrite1h: true,
      output: true,
    },
  });
  return rows.map(({ model, serviceTier, startsOn, currency, ...prices }) => ({
    model,
    serviceTier,
    startsOn: fromDbDate(startsOn),
    currency,
    nanoPerToken: {
      uncachedInput: prices.uncachedInput.toFixed(),
      cacheRead: prices.cacheRead.toFixed(),
      cacheWrite5m: prices.cacheWrite5m.toFixed(),
      cacheWrite1h: prices.cacheWrite1h.toFixed(),
      output: prices.output.toFixed(),
    },
  }));
}
