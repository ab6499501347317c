import { readBytes } from "@/lib/http/body";
import { ok, uploadRoute } from "@/lib/http/route";
import { importEcbRates } from "@/lib/rates/ecb";
import { ECB_BYTES_MAX, ecbInput } from "@/lib/rates/schema";

export const POST = uploadRoute(
  ecbInput,
  async (ctx, input, { request }) =>
    ok(await importEcbRates(ctx, input, await readBytes(request, ECB_BYTES_MAX))),
  { corrects: true },
);
