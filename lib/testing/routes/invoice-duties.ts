import { setDuty } from "@/lib/invoice-duties/service";
import { ALL, type Row, WRITES_ALL } from "@/lib/testing/routes/row";
import { aColleague, type World } from "@/lib/testing/world";

const aDuty = async (world: World, id: string) => {
  const userId = await aColleague(world, ["finance"]);
  return await setDuty(world.owner, { id, userId, dueDay: 5, monthsLater: 1 });
};

export const INVOICE_DUTIES: readonly Row[] = [
  { route: "GET invoice-duties", who: ["owner", "finance", "auditor"], status: 200, request: () => ({}) },
  {
    route: "PUT invoice-duties/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => ({
      params: { id: world.books.subscriptions.claudeTeam },
      body: { userId: await aColleague(world, ["lead"]), dueDay: 31, monthsLater: 1 },
    }),
  },
  {
    route: "DELETE invoice-duties/[id]",
    who: WRITES_ALL,
    status: 204,
    request: async (world) => ({
      params: { id: (await aDuty(world, world.books.accounts.organization)).id },
    }),
  },
  { route: "GET invoice-reminders", who: ALL, status: 200, request: () => ({}) },
];
