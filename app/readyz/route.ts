import { isReachable } from "@/lib/db/client";

export const dynamic = "force-dynamic";

/** Whether requests can be served now: the database answers. */
export async function GET(): Promise<Response> {
  const ready = await isReachable();
  const headers = { "Cache-Control": "no-store", ...(!ready && { "Retry-After": "2" }) };
  return Response.json({ status: ready ? "ready" : "not ready" }, { status: ready ? 200 : 503, headers });
}
