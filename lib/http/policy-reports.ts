import "server-only";

import { z } from "zod";

import { readBytes } from "@/lib/http/body";
import { log } from "@/lib/http/log";

const REPORT_BYTES_MAX = 16_384;
/** Anybody can send these, so they must not fill a log. */
const LOGGED_A_MINUTE_MAX = 20;

/** Of both shapes that browsers send, what says which rule of a policy was broken, where, and by what. */
const violation = z
  .union([
    z.object({ "csp-report": z.object({ "effective-directive": z.string(), "blocked-uri": z.string() }) }),
    z.array(z.object({ body: z.object({ effectiveDirective: z.string(), blockedURL: z.string() }) })).min(1),
  ])
  .transform((sent) => {
    if (!Array.isArray(sent)) {
      const report = sent["csp-report"];
      return { directive: report["effective-directive"], blocked: report["blocked-uri"] };
    }
    const [first] = sent;
    return { directive: first?.body.effectiveDirective ?? "", blocked: first?.body.blockedURL ?? "" };
  });

let minute = 0;
let logged = 0;

/** Writes down what a browser says that a policy kept from running; changes nothing, so anybody may say it. */
export async function takePolicyReport(request: Request): Promise<Response> {
  try {
    const bytes = await readBytes(request, REPORT_BYTES_MAX);
    const { directive, blocked } = violation.parse(JSON.parse(new TextDecoder().decode(bytes)));
    if (mayLog(Date.now()))
      // Of an address its origin: the rest may be of a person's.
      log.warn({ directive: directive.slice(0, 40), blocked: originOf(blocked) }, "policy violation");
  } catch {
    return new Response(null, { status: 400 });
  }
  return new Response(null, { status: 204 });
}

function mayLog(nowMs: number): boolean {
  const present = Math.floor(nowMs / 60_000);
  if (present !== minute) [minute, logged] = [present, 0];
  return ++logged <= LOGGED_A_MINUTE_MAX;
}

const originOf = (blocked: string): string => URL.parse(blocked)?.origin ?? blocked.slice(0, 40);
