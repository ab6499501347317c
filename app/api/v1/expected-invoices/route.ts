import { expectedInvoiceFilter } from "@/lib/expected-invoices/schema";
import { listExpectedInvoices } from "@/lib/expected-invoices/service";
import { ok, route } from "@/lib/http/route";

export const GET = route(expectedInvoiceFilter, async (ctx, input) =>
  ok(await listExpectedInvoices(ctx, input)),
);
