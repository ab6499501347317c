import { snapshotInput } from "@/lib/closing/schema";
import { readSnapshot } from "@/lib/closing/service";
import { csvFile, route } from "@/lib/http/route";

export const GET = route(snapshotInput, async (ctx, input) => csvFile(await readSnapshot(ctx, input)));
