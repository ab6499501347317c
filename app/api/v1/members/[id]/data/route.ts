import { exportPerson } from "@/lib/erasure/export";
import { byId } from "@/lib/erasure/schema";
import { jsonFile, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => jsonFile(await exportPerson(ctx, input)));
