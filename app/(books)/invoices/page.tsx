import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";

import { InvoicesView } from "@/components/invoices/invoices-view";
import type { Ctx } from "@/lib/auth/ctx";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { isMonth, type Month, monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { expectedInvoicesQuery } from "@/lib/expected-invoices/queries";
import { listExpectedInvoices } from "@/lib/expected-invoices/service";
import { everyPage } from "@/lib/fields/every-page";
import { invoiceDraftsQuery } from "@/lib/invoice-drafts/queries";
import { listDrafts } from "@/lib/invoice-drafts/service";
import { remindersQuery } from "@/lib/invoice-duties/queries";
import { listReminders } from "@/lib/invoice-duties/service";
import { invoiceParams, invoiceQuery, invoicesQuery } from "@/lib/invoices/queries";
import { byId, invoiceFilter } from "@/lib/invoices/schema";
import { listInvoices, readInvoice } from "@/lib/invoices/service";

export const metadata: Metadata = { title: "Invoices" };

export default async function InvoicesPage({ searchParams }: PageProps<"/invoices">) {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  const currentMonth = monthOf(utcDateOf(ctx.now));
  const { month: asked, text, invoice } = await searchParams;
  const month = typeof asked === "string" && isMonth(asked) ? asked : currentMonth;
  const search = typeof text === "string" ? text.slice(0, 100) : "";

  return (
    <HydrationBoundary
      state={dehydrate(await readPage(ctx, { month, search, invoice, drafts: can(roles, "draft:use") }))}
    >
      <InvoicesView
        currentMonth={currentMonth}
        currency={ctx.organization.baseCurrency}
        rights={{
          enter: can(roles, "invoice:enter"),
          change: can(roles, "invoice:change"),
          payments: can(roles, "settlement:write")
            ? "write"
            : can(roles, "reconciliation:read")
              ? "read"
              : null,
        }}
      />
    </HydrationBoundary>
  );
}

type Asked = {
  readonly month: Month;
  readonly search: string;
  readonly invoice: string | string[] | undefined;
  readonly drafts: boolean;
};

/** What the page shows at its address, read before it is sent. */
async function readPage(ctx: Ctx, { month, search, invoice, drafts }: Asked): Promise<QueryClient> {
  const client = new QueryClient();
  await client.fetchQuery({
    ...expectedInvoicesQuery(month),
    queryFn: () => listExpectedInvoices(ctx, { month }),
  });
  await client.fetchQuery({
    ...remindersQuery(),
    queryFn: async () => (await listReminders(ctx)).data,
  });
  if (drafts) {
    await client.fetchQuery({
      ...invoiceDraftsQuery(month),
      queryFn: () => everyPage((page) => listDrafts(ctx, { ...page, month })),
    });
  }
  const filter = { month: search === "" ? month : null, text: search, state: null };
  await client.fetchInfiniteQuery({
    ...invoicesQuery(filter),
    queryFn: () => listInvoices(ctx, invoiceFilter.parse(invoiceParams(filter))),
  });
  const opened = byId.safeParse({ id: invoice });
  if (opened.success) {
    // One that is not there says so in its sheet.
    await client.prefetchQuery({
      ...invoiceQuery(opened.data.id),
      queryFn: () => readInvoice(ctx, opened.data),
      retry: false,
    });
  }
  return client;
}
