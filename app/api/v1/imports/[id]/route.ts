import { noContent, ok, route } from "@/lib/http/route";
import { byId, importChange } from "@/lib/imports/schema";
import { changeImport, discardImport, readImport } from "@/lib/imports/service";

export const GET = route(byId, async (ctx, input) => ok(await readImport(ctx, input)));
export const PATCH = route(importChange, async (ctx, input) => ok(await changeImport(ctx, input)));
export const DELETE = route(byId, async (ctx, input) => {
  await discardImport(ctx, input);
  return noContent();
});
