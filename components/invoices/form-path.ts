import type { LineValues } from "@/components/invoices/invoice-values";

const LINE_FIELDS: Readonly<Record<string, keyof LineValues>> = {
  subscriptionId: "target",
  planId: "target",
  apiAccountId: "target",
  outOfScope: "target",
  recoverableBasisPoints: "recoverable",
  taxRateBasisPoints: "taxRate",
};

/** Where in the form a field of the request stands: "charges.0.planId" at "charges.0.target". */
export function formPathOf(path: string): string {
  const line = /^charges\.(\d+)\.(\w+)/.exec(path);
  if (line) return `charges.${line[1]}.${LINE_FIELDS[line[2] ?? ""] ?? line[2]}`;
  if (path.startsWith("billedCost")) return "total";
  if (path === "paidBy.memberId") return "paidById";
  return path === "paidBy.reimbursed" ? "reimbursed" : path;
}
