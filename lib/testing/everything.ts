import { newId } from "@/lib/db/id";
import { anAsker } from "@/lib/testing/asker";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { World } from "@/lib/testing/world";

/** Makes one of everything that the interface makes, so that most tables have a row. */
export async function makeEverything(world: World): Promise<void> {
  const { asks } = await anAsker(world);
  for (const { route, who, request } of ROUTE_TABLE) {
    if (!route.startsWith("POST") || !who.includes("owner") || /session|setup|demo/.test(route)) continue;
    await asks(route, { ...(await request(world, "owner")), headers: { "Idempotency-Key": newId() } });
  }
}
