import { accountChange, none } from "@/lib/account/schema";
import { changeAccount, readAccount } from "@/lib/account/service";
import { ok, sessionRoute } from "@/lib/http/route";

export const GET = sessionRoute(none, async (ctx) => ok(await readAccount(ctx)), { openBefore: ["set_up"] });
export const PATCH = sessionRoute(accountChange, async (ctx, input) => ok(await changeAccount(ctx, input)));
