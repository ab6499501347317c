import { ok, route } from "@/lib/http/route";
import { idleFilter } from "@/lib/idle-seats/schema";
import { listIdleSeats } from "@/lib/idle-seats/service";

export const GET = route(idleFilter, async (ctx, input) => ok(await listIdleSeats(ctx, input)));
