import { readAuditHead } from "@/lib/audit/service";
import type { Row } from "@/lib/testing/routes/row";
import type { SignedIn } from "@/lib/testing/world";

const READS_AUDIT: readonly SignedIn[] = ["owner", "finance", "auditor"];

export const AUDIT: readonly Row[] = [
  {
    route: "GET audit",
    who: READS_AUDIT,
    status: 200,
    request: ({ owner, invoice }) => ({
      query: {
        limit: "200",
        actorId: owner.actor.userId,
        action: "invoice.post",
        targetType: "invoice",
        targetId: invoice,
        from: "2026-01",
        to: "2026-12",
      },
    }),
  },
  {
    route: "GET audit/history",
    who: ["owner", "finance", "lead", "auditor"],
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({
      query: { limit: "200", targetType: "subscription", targetId: books.subscriptions.claudeTeam },
    }),
  },
  { route: "GET audit/choices", who: READS_AUDIT, status: 200, request: () => ({}) },
  {
    route: "GET audit/verification",
    who: READS_AUDIT,
    status: 200,
    request: async ({ owner }) => ({ query: { head: (await readAuditHead(owner)) ?? "" } }),
  },
];
