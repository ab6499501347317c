import { acceptanceInput } from "@/lib/reconciliation/schema";
import { acceptDifference, readReconciledContract } from "@/lib/reconciliation/service";
import { createSettlement } from "@/lib/settlements/service";
import { usd } from "@/lib/testing/invoices";
import { type Row, WRITES_ALL } from "@/lib/testing/routes/row";
import type { SignedIn, World } from "@/lib/testing/world";

const READS: readonly SignedIn[] = ["owner", "finance", "auditor"];

const aPayment = ({ owner, invoice }: World) =>
  createSettlement(owner, {
    invoiceId: invoice,
    paidOn: "2026-11-15",
    amount: usd(200_000),
    bankFee: usd(1_500),
    note: "",
  });

const theContract = ({ books }: World) => ({ month: "2026-10", id: books.subscriptions.claudeTeam });

/** What is unexplained of the contract, because more was paid than asked. */
async function aDifference(world: World) {
  await aPayment(world);
  const { unexplained } = await readReconciledContract(world.owner, theContract(world));
  return { type: "unexplained", amount: unexplained, note: "paid twice by mistake" };
}

export const RECONCILIATION: readonly Row[] = [
  { route: "GET reconciliation", who: READS, status: 200, request: () => ({ query: { month: "2026-10" } }) },
  {
    route: "GET reconciliation/[month]/contracts/[id]",
    who: READS,
    status: 200,
    request: (world) => ({ params: theContract(world) }),
  },
  {
    route: "PUT reconciliation/[month]/contracts/[id]/acceptance",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => ({ params: theContract(world), body: await aDifference(world) }),
  },
  {
    route: "DELETE reconciliation/[month]/contracts/[id]/acceptance",
    who: WRITES_ALL,
    status: 204,
    request: async (world) => {
      const input = { ...theContract(world), ...(await aDifference(world)) };
      await acceptDifference(world.owner, acceptanceInput.parse(input));
      return { params: theContract(world) };
    },
  },
  {
    route: "GET settlements",
    who: READS,
    status: 200,
    request: ({ invoice }) => ({ query: { limit: "200", invoiceId: invoice } }),
  },
  {
    route: "POST settlements",
    who: WRITES_ALL,
    status: 201,
    request: ({ invoice }) => ({
      body: {
        invoiceId: invoice,
        paidOn: "2026-11-15",
        amount: usd(200_000),
        bankFee: usd(1_500),
        note: "by transfer",
      },
    }),
  },
  {
    route: "PUT settlements/[id]/void",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aPayment(world);
      return { params: { id }, version, body: { reason: "entered twice" } };
    },
  },
];
