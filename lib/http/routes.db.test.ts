import { beforeAll, describe, expect, test } from "vitest";

import { FRESH_SECONDS } from "@/lib/domain/session-life";
import type { DescribedHandler } from "@/lib/http/route";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { fieldsOf, filledBy } from "@/lib/testing/fields";
import { expectedStatus, ROUTE_TABLE } from "@/lib/testing/route-table";
import { aSession, aWorld, PRINCIPALS, type Principal, type World } from "@/lib/testing/world";

const routes = await findRoutes();
let world: World;
beforeAll(async () => {
  world = await aWorld();
});

const handlerOf = (route: RouteName): DescribedHandler => routes.get(route)!;

async function asking(route: RouteName, principal: Principal, asked: Asked, secondsAgo = 0) {
  const sessionId = principal === "nobody" ? null : await aSession(world, principal, secondsAgo);
  return await ask(handlerOf(route), requestOf(route, asked), { params: asked.params ?? {}, sessionId });
}

test("every route on disk has a row in the table, and every row a route", () => {
  expect(ROUTE_TABLE.map(({ route }) => route).sort()).toEqual([...routes.keys()].sort());
});

describe.each(ROUTE_TABLE)("$route", (row) => {
  test("is asked with every field that it knows", async () => {
    const { input } = handlerOf(row.route);
    if (!input) return;
    const filled = filledBy(await row.request(world, "owner"));
    const left = fieldsOf(input).filter((field) => !filled.has(field));
    expect(left.filter((field) => field !== "cursor").sort()).toEqual([...(row.omits ?? [])].sort());
  });

  test("answers each role as the table says", async () => {
    const answers: Record<string, number> = {};
    // What the table does not call fresh takes any session.
    const signedInAgo = row.fresh ? 0 : FRESH_SECONDS + 1;
    for (const principal of PRINCIPALS) {
      const asked = await row.request(world, principal === "nobody" ? "owner" : principal);
      const { status, headers, body } = await asking(row.route, principal, asked, signedInAgo);
      answers[principal] = status;
      if (status < 400) continue;
      expect(headers.get("content-type")).toBe("application/problem+json");
      expect(body).toMatchObject({ status, code: expect.stringMatching(/^[a-z_]+$/) });
    }
    const expected = PRINCIPALS.map((principal) => [principal, expectedStatus(row, principal)]);
    expect(answers).toEqual(Object.fromEntries(expected));
  });
});

describe("whoever sees a part gets only that part", () => {
  const read = async (route: RouteName, who: Principal, query: Record<string, string> = {}) =>
    (await asking(route, who, { query })).body;
  const october = { from: "2026-10", to: "2026-10" };

  test("of the budget", async () => {
    const total = async (who: Principal) => (await read("GET budget", who, october)).total.total.actual.minor;
    const [all, platform, growth, ben] = await Promise.all(
      (["auditor", "lead", "otherLead", "member"] as const).map(total),
    );
    expect(platform + growth).toBe(all);
    expect(ben).toBeGreaterThan(0);
    expect(ben).toBeLessThan(platform);
  });

  test("of the ledger", async () => {
    const { members, teams } = world.books;
    const entries = async (who: Principal) =>
      (await read("GET ledger", who, { ...october, limit: "200" })).data as {
        team: { id: string } | null;
        member: { id: string } | null;
      }[];
    for (const { team } of await entries("lead")) expect(team?.id).toBe(teams.platform);
    for (const { member } of await entries("member")) expect(member?.id).toBe(members.ben);
    expect((await entries("otherLead")).length).toBeGreaterThan(0);
    for (const { team } of await entries("otherLead")) expect(team?.id).toBe(teams.growth);
  });

  test("of invoices: another team's lead sees the header, their lines, and the rest as one sum", async () => {
    const invoice = async (who: Principal) =>
      (await asking("GET invoices/[id]", who, { params: { id: world.invoice } })).body;
    expect(await invoice("auditor")).toMatchObject({ rest: null });
    const growth = await invoice("otherLead");
    expect(growth.charges).toMatchObject([{ apiAccount: { name: "prod" } }]);
    expect(growth.rest).toEqual({ count: 2, billedCost: { minor: 43_540, currency: "USD" } });
    const ben = await invoice("member");
    expect(ben.charges).toMatchObject([{ subscription: { name: "Claude Team" } }]);
    expect(ben.charges[0].countsAs).toMatchObject([{ baseCost: { minor: 2_500 } }]);
  });

  test("of seats and people", async () => {
    const holders = async (who: Principal) => {
      const query = { subscriptionId: world.books.subscriptions.claudeTeam, limit: "200" };
      const { data } = await read("GET assignments", who, query);
      return data.map(({ member }: { member: { name: string } }) => member.name).sort();
    };
    expect(await holders("auditor")).toEqual(["Ada", "Ben"]);
    expect(await holders("lead")).toEqual(["Ada", "Ben"]);
    expect(await holders("otherLead")).toEqual([]);
    expect(await holders("member")).toEqual(["Ben"]);
    const { data } = await read("GET members", "member", { limit: "200" });
    expect(data).toMatchObject([{ name: "Ben" }]);
  });

  test("of the report", async () => {
    const csv: string = await read("GET reports/budget.csv", "otherLead", october);
    const rows = csv.trim().split("\r\n").slice(1);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.split(",")[5]).toBe("Growth");
  });

  test("of the plan, by team", async () => {
    const teamsOf = async (who: Principal) => {
      const csv: string = await read("GET reports/plan.csv", who, { ...october, groupBy: "team" });
      return new Set(
        csv
          .trim()
          .split("\r\n")
          .slice(1)
          .map((row) => row.split(",")[3]),
      );
    };
    expect(await teamsOf("otherLead")).toEqual(new Set(["Growth"]));
    expect((await teamsOf("finance")).size).toBeGreaterThan(1);
  });
});
