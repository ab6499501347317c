import { createCreditGrant } from "@/lib/credit-grants/service";
import { postInvoice } from "@/lib/invoices/service";
import { anInvoice, usd } from "@/lib/testing/invoices";
import { type Row, unique, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const READS_BOOKS: Row["who"] = ["owner", "finance", "auditor"];

/** A line that bought credit, of November: who is refused a grant leaves the line, and October's lines are compared. */
async function aCreditCharge({ owner, books }: World): Promise<string> {
  const charge = {
    chargeCategory: "purchase" as const,
    description: "Prepaid credit",
    chargePeriod: { start: "2026-11-01", end: "2026-11-02" },
    billedCost: usd(100_000),
  };
  const { charges } = await postInvoice(
    owner,
    anInvoice(books, { number: unique("CREDIT"), charges: [charge] }),
  );
  return charges[0]?.id ?? "";
}

const fields = async (world: World) => ({
  amount: usd(100_000),
  apiAccountId: world.books.accounts.organization,
  startsOn: "2026-10-01",
  expiresOn: "2027-10-01",
  chargeId: await aCreditCharge(world),
  note: "Bought for the launch",
});

const aGrant = async (world: World) =>
  createCreditGrant(world.owner, {
    ...(await fields(world)),
    kind: "purchase",
    serviceProviderId: world.books.providers.anthropic,
    subscriptionId: null,
    pooled: false,
  });

export const CREDITS: readonly Row[] = [
  {
    route: "GET credit-grants",
    who: READS_BOOKS,
    status: 200,
    request: ({ books }) => ({
      query: { limit: "200", serviceProviderId: books.providers.anthropic, kind: "purchase" },
    }),
  },
  {
    route: "POST credit-grants",
    who: WRITES_ALL,
    status: 201,
    omits: ["subscriptionId"],
    request: async (world) => ({
      body: {
        ...(await fields(world)),
        kind: "purchase",
        serviceProviderId: world.books.providers.anthropic,
        pooled: false,
      },
    }),
  },
  {
    route: "GET credit-grants/charges",
    who: READS_BOOKS,
    status: 200,
    request: ({ books }) => ({ query: { limit: "200", serviceProviderId: books.providers.anthropic } }),
  },
  {
    route: "GET credit-grants/[id]",
    who: READS_BOOKS,
    status: 200,
    request: async (world) => ({ params: { id: (await aGrant(world)).id } }),
  },
  {
    route: "PATCH credit-grants/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aGrant(world);
      return { params: { id }, version, body: { ...(await fields(world)), pooled: false } };
    },
  },
  {
    route: "PUT credit-grants/[id]/void",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aGrant(world);
      return { params: { id }, version, body: { reason: "entered twice" } };
    },
  },
];
