import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { followedLine } from "@/lib/domain/followed-line";

type Lines = Parameters<typeof followedLine>[0];

/** Lets the credit that an invoice's lines bought follow them when they are entered anew in another order. */
export async function followLines(
  db: Db,
  ctx: Ctx,
  invoiceId: string,
  { before, after }: { readonly before: Lines; readonly after: Lines },
): Promise<void> {
  const organizationId = ctx.organization.id;
  const grants = await db.creditGrant.findMany({
    where: { organizationId, invoiceId, voidedAt: null },
    select: { id: true, chargePosition: true },
  });
  const moved = grants.flatMap(({ id, chargePosition }) => {
    const to = followedLine(before, after, chargePosition ?? 0);
    return to === chargePosition ? [] : [{ id, to }];
  });
  // A line buys one credit, so two that change places step aside first.
  const ids = moved.map(({ id }) => id);
  const aside = { invoiceId: null, chargePosition: null };
  await db.creditGrant.updateMany({ where: { organizationId, id: { in: ids } }, data: aside });
  for (const { id, to } of moved) {
    await db.creditGrant.update({
      where: { organizationId_id: { organizationId, id } },
      data: { invoiceId, chargePosition: to, version: { increment: 1 } },
    });
  }
}
