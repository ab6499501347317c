import { Readable } from "node:stream";

import { snapshotInput } from "@/lib/closing/schema";
import { readSnapshot } from "@/lib/closing/service";
import { csvFile, route } from "@/lib/http/route";

export const GET = route(snapshotInput, async (ctx, input) => {
  const { fileName, content } = await readSnapshot(ctx, input);
  return csvFile({ fileName, rows: Readable.from([content]) });
});
