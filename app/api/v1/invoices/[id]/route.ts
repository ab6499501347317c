import { ok, route } from "@/lib/http/route";
import { byId, invoiceChange } from "@/lib/invoices/schema";
import { changeInvoice, readInvoice } from "@/lib/invoices/service";

export const GET = route(byId, async (ctx, input) => ok(await readInvoice(ctx, input)));
export const PATCH = route(invoiceChange, async (ctx, input) => ok(await changeInvoice(ctx, input)));
