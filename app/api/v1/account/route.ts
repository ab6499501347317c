import { none } from "@/lib/account/schema";
import { readAccount } from "@/lib/account/service";
import { ok, sessionRoute } from "@/lib/http/route";

export const GET = sessionRoute(none, async (ctx) => ok(await readAccount(ctx)));
