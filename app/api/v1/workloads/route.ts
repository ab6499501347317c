import { created, ok, route } from "@/lib/http/route";
import { workloadInput, workloadList } from "@/lib/workloads/schema";
import { createWorkload, listWorkloads } from "@/lib/workloads/service";

export const GET = route(workloadList, async (ctx, input) => ok(await listWorkloads(ctx, input)));
export const POST = route(workloadInput, async (ctx, input) =>
  created(await createWorkload(ctx, input), "workloads"),
);
