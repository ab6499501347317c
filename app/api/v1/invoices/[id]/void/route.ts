import { factRoute, ok } from "@/lib/http/route";
import { voidInput } from "@/lib/invoices/schema";
import { voidInvoice } from "@/lib/invoices/service";

export const PUT = factRoute(voidInput, async (ctx, input) => ok(await voidInvoice(ctx, input)));
