import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { fromDbDateOrNull, toDbDateOrNull } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { pageById, toPage } from "@/lib/db/page";
import { assertUpdated, required } from "@/lib/db/version";
import type { Page } from "@/lib/fields/schema";
import type { Product, ProductChange, ProductInput } from "@/lib/products/schema";

const PRODUCT = { id: true, name: true, endsOn: true, version: true } as const;

type Row = { id: string; name: string; endsOn: Date | null; version: number };
const toProduct = ({ endsOn, ...row }: Row): Product => ({ ...row, endsOn: fromDbDateOrNull(endsOn) });

export async function findProducts(
  db: Db,
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Product>> {
  const { where, ...rest } = pageById(page);
  const rows = await db.product.findMany({
    where: { organizationId: ctx.organization.id, ...where },
    ...rest,
    select: PRODUCT,
  });
  return toPage(rows.map(toProduct), page.limit);
}

export async function getProduct(db: Db, ctx: Ctx, id: string): Promise<Product> {
  const where = { organizationId_id: { organizationId: ctx.organization.id, id } };
  return toProduct(required(await db.product.findUnique({ where, select: PRODUCT })));
}

export async function insertProduct(db: Db, ctx: Ctx, { name, endsOn }: ProductInput): Promise<string> {
  const id = newId();
  const data = {
    organizationId: ctx.organization.id,
    id,
    name,
    endsOn: toDbDateOrNull(endsOn),
    createdAt: ctx.now,
  };
  await db.product.create({ data });
  return id;
}

export async function updateProduct(
  db: Db,
  ctx: Ctx,
  { id, version, endsOn, ...fields }: ProductChange,
): Promise<void> {
  const { count } = await db.product.updateMany({
    where: { organizationId: ctx.organization.id, id, version },
    data: {
      ...fields,
      ...(endsOn !== undefined && { endsOn: toDbDateOrNull(endsOn) }),
      version: { increment: 1 },
    },
  });
  await assertUpdated(count, () =>
    db.product.findFirst({ where: { organizationId: ctx.organization.id, id } }),
  );
}
