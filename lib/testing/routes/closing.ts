import { accept } from "@/lib/closing/acceptances";
import { closeMonth, listPeriods } from "@/lib/closing/service";
import { clearChecklist } from "@/lib/testing/closing";
import { type Row, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const READS_ALL = ["owner", "finance", "auditor"] as const;

/** The first month that is open. */
async function openMonth({ owner }: World): Promise<string> {
  const { data } = await listPeriods(owner);
  return data.findLast(({ state }) => state !== "closed")?.month ?? "";
}

/** The first month that is open, with everything accepted that stands against closing it. */
async function clearedMonth(world: World): Promise<string> {
  const month = await openMonth(world);
  await clearChecklist(world.owner, month);
  return month;
}

/** The last closed month; one is closed if none is. */
async function closedMonth(world: World): Promise<string> {
  const { data } = await listPeriods(world.owner);
  const closed = data.find(({ state }) => state === "closed");
  if (closed) return closed.month;
  const month = await clearedMonth(world);
  await closeMonth(world.owner, { month });
  return month;
}

/** November's seats, for which no invoice has come, accepted by the owner. */
async function accepted({ owner, books }: World): Promise<{ month: string; subjectId: string; id: string }> {
  const month = "2026-11";
  const subjectId = books.subscriptions.claudeTeam;
  const { id } = await accept(owner, { month, kind: "expected_invoice", subjectId, note: "comes later" });
  return { month, subjectId, id };
}

export const CLOSING: readonly Row[] = [
  { route: "GET opening-totals", who: READS_ALL, status: 200, request: () => ({}) },
  {
    route: "PUT opening-totals",
    who: WRITES_ALL,
    status: 200,
    request: ({ books }) => {
      const line = { month: "2025-12", purpose: "product_running", billingModel: "metered" };
      const rows = [{ ...line, teamId: books.teams.platform, amountMinor: 120_000 }];
      return { body: { rows: [...rows, { ...line, teamId: null, amountMinor: null }] } };
    },
  },
  { route: "GET periods", who: READS_ALL, status: 200, request: () => ({}) },
  {
    route: "GET periods/[month]/checklist",
    who: READS_ALL,
    status: 200,
    request: () => ({ params: { month: "2026-10" } }),
  },
  {
    route: "POST periods/[month]/checklist/acceptances",
    who: WRITES_ALL,
    status: 201,
    request: async (world) => {
      const { month, subjectId } = await accepted(world);
      return {
        params: { month },
        body: { kind: "expected_invoice", subjectId, note: "It comes next month." },
      };
    },
  },
  {
    route: "DELETE periods/[month]/checklist/acceptances/[id]",
    who: WRITES_ALL,
    status: 204,
    request: async (world) => {
      const { month, id } = await accepted(world);
      return { params: { month, id } };
    },
  },
  {
    route: "PUT periods/[month]/approval",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => ({ params: { month: await openMonth(world) }, body: {} }),
  },
  {
    route: "DELETE periods/[month]/approval",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => ({ params: { month: await openMonth(world) } }),
  },
  {
    route: "PUT periods/[month]/closure",
    who: WRITES_ALL,
    fresh: true,
    status: 200,
    request: async (world) => ({ params: { month: await clearedMonth(world) }, body: {} }),
  },
  {
    route: "DELETE periods/[month]/closure",
    who: WRITES_ALL,
    fresh: true,
    status: 200,
    request: async (world) => ({
      params: { month: await closedMonth(world) },
      query: { reason: "An invoice was forgotten." },
    }),
  },
  {
    route: "GET periods/[month]/snapshot.csv",
    who: READS_ALL,
    status: 200,
    request: async (world) => {
      const month = await closedMonth(world);
      const { data } = await listPeriods(world.owner);
      const closingId = data.find((period) => period.month === month)?.closing?.id ?? "";
      return { params: { month }, query: { closingId } };
    },
  },
];
