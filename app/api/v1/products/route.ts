import { created, ok, route } from "@/lib/http/route";
import { listInput, productInput } from "@/lib/products/schema";
import { createProduct, listProducts } from "@/lib/products/service";

export const GET = route(listInput, async (ctx, input) => ok(await listProducts(ctx, input)));
export const POST = route(productInput, async (ctx, input) =>
  created(await createProduct(ctx, input), "products"),
);
