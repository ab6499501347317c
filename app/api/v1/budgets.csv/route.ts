import { changeGridByFile, exportGrid } from "@/lib/budgets/filing";
import { gridFileChange, gridInput } from "@/lib/budgets/schema";
import { csvFile, ok, route } from "@/lib/http/route";

export const GET = route(gridInput, async (ctx, input) => csvFile(await exportGrid(ctx, input)));
export const PUT = route(gridFileChange, async (ctx, input) => ok(await changeGridByFile(ctx, input)));
