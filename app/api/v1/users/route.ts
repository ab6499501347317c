import { ok, route } from "@/lib/http/route";
import { none } from "@/lib/users/schema";
import { listUsers } from "@/lib/users/service";

export const GET = route(none, async (ctx) => ok(await listUsers(ctx)));
