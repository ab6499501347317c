import { beforeAll, describe, expect, test } from "vitest";

import { TOKEN_SCOPES } from "@/lib/domain/token-scope";
import type { DescribedHandler } from "@/lib/http/route";
import { ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { expectedStatus, ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { takenOf } from "@/lib/testing/routes/scopes";
import { aToken, bearing } from "@/lib/testing/tokens";
import { aWorld, type SignedIn, type World } from "@/lib/testing/world";

// The rights table once more, asked with tokens (security rows T5 and S19).

const routes = await findRoutes();
let world: World;
const tokens = new Map<string, string>();

beforeAll(async () => {
  world = await aWorld();
  for (const scope of TOKEN_SCOPES)
    tokens.set(scope, (await aToken(world, "owner", { scopes: [scope] })).token);
  for (const who of ["owner", "lead", "member", "auditor"] as const)
    tokens.set(who, (await aToken(world, who)).token);
});

const handlerOf = (route: RouteName): DescribedHandler => routes.get(route)!;

async function asking({ route, request }: Row, who: SignedIn, token: string): Promise<number> {
  const { headers, ...asked } = await request(world, who);
  const sent = requestOf(route, { ...asked, headers: { ...headers, ...bearing(tokens.get(token) ?? "") } });
  return (await ask(handlerOf(route), sent, { params: asked.params ?? {}, sessionId: null })).status;
}

const signedIn = ROUTE_TABLE.filter(({ route }) => handlerOf(route).access !== "public");

describe.each(signedIn)("$route", (row) => {
  const taken = takenOf(row.route);

  test("takes of an owner's token the scope that it is for, and no other", async () => {
    const answers: Record<string, number> = {};
    for (const scope of TOKEN_SCOPES) answers[scope] = await asking(row, "owner", scope);
    const expected = TOKEN_SCOPES.map((scope) => {
      const through = taken === "read" || taken === scope;
      return [scope, through ? expectedStatus(row, "owner") : 403];
    });
    expect(answers).toEqual(Object.fromEntries(expected));
  });

  test("lets a token with every scope do what its maker may", async () => {
    const answers: Record<string, number> = {};
    const expected: Record<string, number> = {};
    for (const who of ["lead", "member", "auditor"] as const) {
      answers[who] = await asking(row, who, who);
      expected[who] = taken === "browser" ? 403 : expectedStatus(row, who);
    }
    expect(answers).toEqual(expected);
  });
});
