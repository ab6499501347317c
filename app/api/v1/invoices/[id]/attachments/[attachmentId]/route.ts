import { byAttachment } from "@/lib/attachments/schema";
import { readAttachment } from "@/lib/attachments/service";
import { file } from "@/lib/http/file";
import { route } from "@/lib/http/route";

export const GET = route(byAttachment, async (ctx, input) => file(await readAttachment(ctx, input)));
