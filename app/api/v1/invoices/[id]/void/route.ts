import { ok, route } from "@/lib/http/route";
import { voidInput } from "@/lib/invoices/schema";
import { voidInvoice } from "@/lib/invoices/service";

export const PUT = route(voidInput, async (ctx, input) => ok(await voidInvoice(ctx, input)));
