import { type Answer, type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { aSession, type Principal, type World } from "@/lib/testing/world";

/** Asks routes of the interface as people of a world. */
export async function anAsker(world: World) {
  const routes = await findRoutes();
  const sessions = new Map<Principal, string>();

  /** The session of somebody; a new one where the route is about sessions, which may end or turn it. */
  async function sessionOf(who: Principal, route: RouteName): Promise<string | null> {
    if (who === "nobody") return null;
    const known = sessions.get(who);
    if (known !== undefined && !/session|demo-data/.test(route)) return known;
    const opened = await aSession(world, who);
    if (known === undefined && !/session|demo-data/.test(route)) sessions.set(who, opened);
    return opened;
  }

  async function asks(route: RouteName, asked: Asked = {}, who: Principal = "owner"): Promise<Answer> {
    const handler = routes.get(route);
    if (!handler) throw new Error(`there is no route ${route}`);
    const params = asked.params ?? {};
    return await ask(handler, requestOf(route, asked), { params, sessionId: await sessionOf(who, route) });
  }

  /** A request that is right in every field, with these fields of its body changed. */
  async function right(route: RouteName, changes: object = {}): Promise<Asked> {
    const row = ROUTE_TABLE.find((each) => each.route === route);
    if (!row) throw new Error(`the table has no row for ${route}`);
    const asked = await row.request(world, "owner");
    return { ...asked, body: { ...(asked.body as object), ...changes } };
  }

  return { asks, right, routes };
}
