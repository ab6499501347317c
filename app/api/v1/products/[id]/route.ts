import { ok, route } from "@/lib/http/route";
import { byId, productChange } from "@/lib/products/schema";
import { changeProduct, readProduct } from "@/lib/products/service";

export const GET = route(byId, async (ctx, input) => ok(await readProduct(ctx, input)));
export const PATCH = route(productChange, async (ctx, input) => ok(await changeProduct(ctx, input)));
