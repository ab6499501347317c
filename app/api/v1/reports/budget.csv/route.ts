import { readAuditHead } from "@/lib/audit/service";
import { csvFile, route } from "@/lib/http/route";
import { budgetReportInput } from "@/lib/reports/schema";
import { exportBudgetReport } from "@/lib/reports/service";

export const GET = route(budgetReportInput, async (ctx, input) =>
  csvFile({ ...(await exportBudgetReport(ctx, input)), auditHead: await readAuditHead(ctx) }),
);
