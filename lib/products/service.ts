import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import type { Page } from "@/lib/fields/schema";
import { findProducts, getProduct, insertProduct, updateProduct } from "@/lib/products/data";
import type { Product, ProductChange, ProductInput } from "@/lib/products/schema";

/** What is shipped or automated and spends, in the order of entry. */
export async function listProducts(
  ctx: Ctx,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Product>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findProducts(db, ctx, page));
}

export async function readProduct(ctx: Ctx, { id }: { id: string }): Promise<Product> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => getProduct(db, ctx, id));
}

export async function createProduct(ctx: Ctx, input: ProductInput): Promise<Product> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    const id = await insertProduct(db, ctx, input);
    await recordAudit(db, ctx, {
      action: "product.create",
      targetType: "product",
      targetId: id,
      after: input,
    });
    return await getProduct(db, ctx, id);
  });
}

export async function changeProduct(ctx: Ctx, change: ProductChange): Promise<Product> {
  authorize(ctx, "team:write");
  return await write(ctx, async (db) => {
    const before = await getProduct(db, ctx, change.id);
    await updateProduct(db, ctx, change);
    const after = await getProduct(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "product.change",
      targetType: "product",
      targetId: change.id,
      before,
      after,
    });
    return after;
  });
}
