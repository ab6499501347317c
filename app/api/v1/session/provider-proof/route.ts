import { noContent, sessionRoute, withProof } from "@/lib/http/route";
import { none } from "@/lib/sessions/schema";
import { beginProof } from "@/lib/single-sign-on/proof";

export const PUT = sessionRoute(none, async (ctx) => await withProof(noContent(), await beginProof(ctx)));
