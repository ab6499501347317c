import { created, factRoute, ok, route } from "@/lib/http/route";
import { invoiceFilter, invoiceInput } from "@/lib/invoices/schema";
import { listInvoices, postInvoice } from "@/lib/invoices/service";

export const GET = route(invoiceFilter, async (ctx, input) => ok(await listInvoices(ctx, input)));
export const POST = factRoute(invoiceInput, async (ctx, input) =>
  created(await postInvoice(ctx, input), "invoices"),
);
