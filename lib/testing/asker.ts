import { type Answer, type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { aSession, type Principal, type World } from "@/lib/testing/world";

/** Asks routes of the interface as people of a world. */
export async function anAsker(world: World) {
  const routes = await findRoutes();

  async function asks(route: RouteName, asked: Asked = {}, who: Principal = "owner"): Promise<Answer> {
    const handler = routes.get(route);
    if (!handler) throw new Error(`there is no route ${route}`);
    const sessionId = who === "nobody" ? null : await aSession(world, who);
    return await ask(handler, requestOf(route, asked), { params: asked.params ?? {}, sessionId });
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
