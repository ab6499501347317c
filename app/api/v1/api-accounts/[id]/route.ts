import { accountChange, byId } from "@/lib/accounts/schema";
import { changeAccount, readAccount } from "@/lib/accounts/service";
import { factRoute, ok, route } from "@/lib/http/route";

export const GET = route(byId, async (ctx, input) => ok(await readAccount(ctx, input)));
export const PATCH = factRoute(accountChange, async (ctx, input) => ok(await changeAccount(ctx, input)));
