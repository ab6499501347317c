import { readAuditHead } from "@/lib/audit/service";
import { csvFile, route } from "@/lib/http/route";
import { planReportInput } from "@/lib/reports/schema";
import { exportPlanReport } from "@/lib/reports/service";

export const GET = route(planReportInput, async (ctx, input) =>
  csvFile({ ...(await exportPlanReport(ctx, input)), auditHead: await readAuditHead(ctx) }),
);
