import { factRoute, ok, route } from "@/lib/http/route";
import { byId, invoiceChange } from "@/lib/invoices/schema";
import { changeInvoice, readInvoice } from "@/lib/invoices/service";

export const GET = route(byId, async (ctx, input) => ok(await readInvoice(ctx, input)));
export const PATCH = factRoute(invoiceChange, async (ctx, input) => ok(await changeInvoice(ctx, input)));
