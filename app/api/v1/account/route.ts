import { none } from "@/lib/account/schema";
import { readAccount } from "@/lib/account/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(none, async (ctx) => ok(await readAccount(ctx)));
