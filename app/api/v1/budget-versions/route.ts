import { listInput, versionInput } from "@/lib/budgets/schema";
import { createVersion, listVersions } from "@/lib/budgets/service";
import { created, ok, route } from "@/lib/http/route";

export const GET = route(listInput, async (ctx, input) => ok(await listVersions(ctx, input)));
export const POST = route(versionInput, async (ctx, input) =>
  created(await createVersion(ctx, input), "budget-versions"),
);
