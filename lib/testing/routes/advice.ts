import { ALL, type Row, SEES_PLATFORM } from "@/lib/testing/routes/row";

export const ADVICE: readonly Row[] = [
  {
    route: "GET break-even",
    who: ALL,
    status: 200,
    request: () => ({ query: { of: "members", month: "2026-10", limit: "10" } }),
  },
  {
    route: "GET break-even/[of]/[id]",
    who: SEES_PLATFORM,
    hiddenFrom: ["otherLead"],
    status: 200,
    request: ({ books }) => ({
      params: { of: "members", id: books.members.ben },
      query: { serviceProviderId: books.providers.anthropic, month: "2026-10" },
    }),
  },
];
