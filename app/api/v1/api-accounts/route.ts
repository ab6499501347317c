import { accountFilter, accountInput } from "@/lib/accounts/schema";
import { createAccount, listAccounts } from "@/lib/accounts/service";
import { created, factRoute, ok, route } from "@/lib/http/route";

export const GET = route(accountFilter, async (ctx, input) => ok(await listAccounts(ctx, input)));
export const POST = factRoute(accountInput, async (ctx, input) =>
  created(await createAccount(ctx, input), "api-accounts"),
);
