import { ALL, type Row } from "@/lib/testing/routes/row";

const YEAR = { from: "2026-01", to: "2026-12" };

export const READING: readonly Row[] = [
  {
    route: "GET budget",
    who: ALL,
    status: 200,
    request: () => ({ query: { ...YEAR, basis: "effective", groupBy: "team,member" } }),
  },
  {
    route: "GET ledger",
    who: ALL,
    status: 200,
    request: ({ books, product, invoice }) => ({
      query: {
        ...YEAR,
        month: "2026-10",
        limit: "200",
        basis: "effective",
        kind: "cost",
        purpose: "developer_leverage",
        billingModel: "flat",
        state: "billed",
        corrections: "none",
        teamId: books.teams.platform,
        memberId: books.members.ben,
        productId: product,
        serviceProviderId: books.providers.anthropic,
        subscriptionId: books.subscriptions.claudeTeam,
        planId: books.plans.standard,
        apiAccountId: books.accounts.prod,
        chargeCategory: "usage",
        invoiceId: invoice,
      },
    }),
  },
  { route: "GET bridge", who: ALL, status: 200, request: () => ({ query: { month: "2026-10" } }) },
  { route: "GET changes", who: ALL, status: 200, request: () => ({ query: { month: "2026-10" } }) },
  { route: "GET coverage", who: ALL, status: 200, request: () => ({ query: YEAR }) },
  {
    route: "GET forecast",
    who: ["owner", "finance", "lead", "otherLead", "auditor"],
    status: 200,
    request: () => ({ query: YEAR }),
  },
  {
    route: "GET expected-invoices",
    who: ALL,
    status: 200,
    request: () => ({ query: { month: "2026-10" } }),
  },
  {
    route: "GET reports/budget.csv",
    who: ["owner", "finance", "lead", "otherLead", "auditor"],
    status: 200,
    request: () => ({ query: { ...YEAR, basis: "effective", decimal: "point" } }),
  },
  {
    route: "GET reports/plan.csv",
    who: ["owner", "finance", "lead", "otherLead", "auditor"],
    status: 200,
    request: () => ({ query: { ...YEAR, groupBy: "team", decimal: "point" } }),
  },
];
