import { attachFile } from "@/lib/attachments/service";
import { beginDraft } from "@/lib/invoice-drafts/service";
import { postInvoice } from "@/lib/invoices/service";
import { anInvoice, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { ALL, ENTERS, type Row, unique, WRITES_ALL } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";

const text = (content: string) => new TextEncoder().encode(content);

const aPosted = ({ owner, books }: World) => postInvoice(owner, anInvoice(books, { number: unique("INV") }));

const draft = ({ books }: World) => ({
  month: "2026-10",
  subscriptionId: books.subscriptions.claudeTeam,
  apiAccountId: books.accounts.prod,
  content: { number: "INV-", charges: [{ billedCost: "12," }] },
});

const aDraft = (world: World) => beginDraft(world.owner, draft(world));

/** An invoice that names everything that an invoice can name. */
const wholeInvoice = ({ books, product }: World) => {
  const share = { basisPoints: 4_000, purpose: "developer_leverage", memberId: books.members.ben };
  const toGrowth = { teamId: books.teams.growth, productId: product };
  const metered = {
    ...usageCharge(books.accounts.prod, 10_000),
    shares: [{ basisPoints: 6_000, purpose: "product_running", ...toGrowth }, share],
  };
  const tax = {
    chargeCategory: "tax",
    description: "VAT",
    billedCost: usd(1_000),
    follows: [0, 1],
    recoverableBasisPoints: 5_000,
    selfAssessed: true,
    taxTreatment: "reverse_charge",
    taxRateBasisPoints: 2_100,
    taxCode: "RC21",
  };
  const coffee = { ...usageCharge("", 100), apiAccountId: null, outOfScope: true };
  return {
    type: "invoice",
    number: unique("INV"),
    serviceProviderId: books.providers.anthropic,
    issueDate: "2026-10-31",
    dueDate: "2026-11-30",
    purchaseOrder: "PO-7",
    billedCost: usd(22_600),
    paidBy: { memberId: books.members.cem, reimbursed: usd(22_000) },
    note: "paid by card",
    charges: [seatCharge(books, { memberId: books.members.ada }), metered, tax, coffee],
  };
};

export const INVOICES: readonly Row[] = [
  {
    route: "GET invoices",
    who: ALL,
    status: 200,
    request: ({ books }) => ({
      query: {
        limit: "200",
        month: "2026-10",
        serviceProviderId: books.providers.anthropic,
        subscriptionId: books.subscriptions.claudeTeam,
        apiAccountId: books.accounts.prod,
        text: "WORLD",
        state: "posted",
      },
    }),
  },
  {
    route: "POST invoices",
    who: ENTERS,
    status: 201,
    request: async (world) => ({
      body: { ...wholeInvoice(world), draftId: (await aDraft(world)).id },
    }),
  },
  {
    route: "GET invoices/[id]",
    who: ALL,
    status: 200,
    request: ({ invoice }) => ({ params: { id: invoice } }),
  },
  {
    route: "PATCH invoices/[id]",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aPosted(world);
      return { params: { id }, version, body: wholeInvoice(world) };
    },
  },
  {
    route: "PUT invoices/[id]/void",
    who: WRITES_ALL,
    status: 200,
    request: async (world) => {
      const { id, version } = await aPosted(world);
      return { params: { id }, version, body: { reason: "entered twice" } };
    },
  },
  {
    route: "GET invoices/[id]/attachments",
    who: ALL,
    status: 200,
    request: ({ invoice }) => ({ params: { id: invoice } }),
  },
  {
    route: "POST invoices/[id]/attachments",
    who: ENTERS,
    status: 201,
    request: async (world) => ({
      params: { id: (await aPosted(world)).id },
      query: { fileName: "invoice.txt" },
      file: text(unique("an invoice")),
    }),
  },
  {
    route: "GET invoices/[id]/attachments/[attachmentId]",
    who: ["owner", "finance", "auditor"],
    // A file shows the whole invoice, so whoever may see only a part of it does not get it.
    hiddenFrom: ["lead", "otherLead", "member"],
    status: 200,
    request: async (world) => {
      const { id } = await aPosted(world);
      const name = { id, fileName: "invoice.txt" };
      const { id: attachmentId } = await attachFile(world.owner, name, text("an invoice"));
      return { params: { id, attachmentId } };
    },
  },
  {
    route: "GET invoice-drafts",
    who: ENTERS,
    status: 200,
    request: () => ({ query: { limit: "200", month: "2026-10" } }),
  },
  {
    route: "POST invoice-drafts",
    who: ENTERS,
    status: 201,
    request: (world) => ({ body: draft(world) }),
  },
  {
    route: "GET invoice-drafts/[id]",
    who: ENTERS,
    status: 200,
    request: async (world) => ({ params: { id: (await aDraft(world)).id } }),
  },
  {
    route: "PUT invoice-drafts/[id]",
    who: ENTERS,
    status: 200,
    request: async (world) => {
      const { id, version } = await aDraft(world);
      return { params: { id }, version, body: { content: { number: "INV-2" } } };
    },
  },
  {
    route: "DELETE invoice-drafts/[id]",
    who: ENTERS,
    status: 204,
    request: async (world) => {
      const { id, version } = await aDraft(world);
      return { params: { id }, version };
    },
  },
];
