import { listLedger } from "@/lib/entries/service";
import { ok, route } from "@/lib/http/route";
import { ledgerInput } from "@/lib/ledger/schema";

export const GET = route(ledgerInput, async (ctx, input) => ok(await listLedger(ctx, input)));
