import { ok, route } from "@/lib/http/route";
import { none } from "@/lib/invoice-duties/schema";
import { listReminders } from "@/lib/invoice-duties/service";

export const GET = route(none, async (ctx) => ok(await listReminders(ctx)));
