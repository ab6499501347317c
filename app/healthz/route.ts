/** Whether the process answers at all; says nothing of the database. */
export const dynamic = "force-dynamic";

export function GET(): Response {
  return Response.json({ status: "up" }, { headers: { "Cache-Control": "no-store" } });
}
