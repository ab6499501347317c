import { changeGrid, readGrid } from "@/lib/budgets/grid";
import { gridChange, gridInput } from "@/lib/budgets/schema";
import { ok, route } from "@/lib/http/route";

export const GET = route(gridInput, async (ctx, input) => ok(await readGrid(ctx, input)));
export const PUT = route(gridChange, async (ctx, input) => ok(await changeGrid(ctx, input)));
