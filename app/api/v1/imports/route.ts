import { bytesOf } from "@/lib/http/body";
import { created, ok, route, uploadRoute } from "@/lib/http/route";
import { importFilter, uploadInput } from "@/lib/imports/schema";
import { listImports, receiveImport } from "@/lib/imports/service";

export const GET = route(importFilter, async (ctx, input) => ok(await listImports(ctx, input)));
export const POST = uploadRoute(uploadInput, async (ctx, input, { request }) =>
  created(await receiveImport(ctx, input, bytesOf(request)), "imports"),
);
