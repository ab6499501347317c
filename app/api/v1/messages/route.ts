import { ok, route } from "@/lib/http/route";
import { listInput } from "@/lib/messages/schema";
import { listMessages } from "@/lib/messages/service";

export const GET = route(listInput, async (ctx, input) => ok(await listMessages(ctx, input)));
