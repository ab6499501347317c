import { csvFile, route } from "@/lib/http/route";
import { templateInput } from "@/lib/imports/schema";
import { downloadTemplate } from "@/lib/imports/service";

export const GET = route(templateInput, async (ctx, input) => csvFile(downloadTemplate(ctx, input)));
