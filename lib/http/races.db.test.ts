import { beforeAll, describe, expect, test } from "vitest";

import { transact } from "@/lib/db/client";
import type { Answer, RouteName } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { usd } from "@/lib/testing/invoices";
import { anActor } from "@/lib/testing/organization";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aColleague, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

type Asker = Awaited<ReturnType<typeof anAsker>>;

const firstRun = (name: string) => ({
  organization: { name, baseCurrency: "USD", fiscalYearStart: 1, booksStart: "2026-01" },
  owner: { name: "Olga", email: `${name}@example.test`, password: PASSWORD },
});

const statuses = (answers: readonly Answer[]) =>
  Object.fromEntries(
    [
      ...Map.groupBy(answers, ({ status, body }) => (status < 400 ? `${status}` : `${status} ${body.code}`)),
    ].map(([key, group]) => [key, group.length]),
  );

// First, while there is nobody yet.
test("of many first runs at once, one gets it", async () => {
  const { asks } = await anAsker({} as World);
  const names = Array.from({ length: 8 }, (_, index) => `first-${index}`);
  const answers = await Promise.all(
    names.map((name) => asks("POST setup", { body: firstRun(name) }, "nobody")),
  );
  expect(statuses(answers)).toEqual({ "201": 1, "409 setup_done": 7 });
  const [won] = answers.filter(({ status }) => status === 201);
  expect(won?.headers.get("set-cookie")).toMatch(
    /^twoline\.session=.+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=/,
  );
  const counts = await asSuperuser(async (client) => {
    const { rows } = await client.query(
      "SELECT (SELECT count(*)::int FROM app_user) AS users, (SELECT count(*)::int FROM organization) AS organizations",
    );
    return rows[0];
  });
  expect(counts).toEqual({ users: 1, organizations: 1 });
});

describe("in one set of books", () => {
  let world: World;
  let asks: Asker["asks"];
  let right: Asker["right"];
  beforeAll(async () => {
    world = await aWorld();
    ({ asks, right } = await anAsker(world));
    // Everybody is signed in before they race.
    await asks("GET organization");
    await asks("GET organization", {}, "finance");
  });

  const times = (count: number, work: (index: number) => Promise<Answer>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)));

  test("twenty posts of one invoice make one", async () => {
    const { body } = await right("POST invoices", { number: "RACE-1", draftId: undefined });
    const answers = await times(20, () => asks("POST invoices", { body }));
    expect(statuses(answers)).toEqual({ "201": 1, "409 invoice_duplicate": 19 });
    const { id } = answers.find(({ status }) => status === 201)!.body;
    for (const { status, body } of answers) if (status === 409) expect(body.conflictingId).toBe(id);
    const found = await asks("GET invoices", { query: { text: "RACE-1" } });
    expect(found.body.data).toHaveLength(1);
  });

  test("twenty posts with one Idempotency-Key give one answer", async () => {
    const asked = await right("POST invoices", { number: "RACE-2" });
    const headers = { "Idempotency-Key": "race-2" };
    const answers = await times(20, () => asks("POST invoices", { ...asked, headers }));
    expect(statuses(answers)).toEqual({ "201": 20 });
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body);
    const found = await asks("GET invoices", { query: { text: "RACE-2" } });
    expect(found.body.data).toHaveLength(1);
  });

  test("of two who take the last seat, one gets it", async () => {
    const terms = [
      { planId: world.books.plans.standard, startsOn: "2026-03-01", seats: 1, unitPrice: usd(2_500) },
    ];
    const contract = (
      await asks("POST subscriptions", await right("POST subscriptions", { terms, assignments: [] }))
    ).body;
    const { ada, ben, cem } = world.books.members;
    const answers = await Promise.all(
      [ada, ben, cem, ada].map((memberId, index) =>
        asks(
          "POST assignments",
          {
            body: { subscriptionId: contract.id, planId: terms[0]!.planId, memberId, startsOn: "2026-03-01" },
          },
          index % 2 ? "finance" : "owner",
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    const held = await asks("GET assignments", { query: { subscriptionId: contract.id } });
    expect(held.body.data).toHaveLength(1);
  });

  test("of many changes of one version, one counts", async () => {
    const asked = await right("PATCH teams/[id]", { archived: false });
    const answers = await times(8, (index) =>
      asks("PATCH teams/[id]", { ...asked, body: { name: `Raced ${index}` } }),
    );
    expect(statuses(answers)).toEqual({ "200": 1, "412 stale_version": 7 });
    const { body } = await asks("GET teams/[id]", { params: asked.params! });
    expect(body).toMatchObject({ version: 2, name: answers.find(({ status }) => status === 200)!.body.name });
  });

  test("a link is used once, also by many at once while others write", async () => {
    const invitation = await asks("POST invitations", await right("POST invitations", { memberId: null }));
    const token = invitation.body.link.split("/").at(-1);
    const acceptance = { body: { token, name: "Gil", password: PASSWORD } };
    const [accepted, written] = await Promise.all([
      times(6, () => asks("POST invitations/acceptance", acceptance, "nobody")),
      times(6, async () => asks("POST products", await right("POST products"))),
    ]);
    expect(statuses(accepted)).toEqual({ "204": 1, "404 invitation_invalid": 5 });
    expect(statuses(written)).toEqual({ "201": 6 });
  });

  test("many kinds of writes at once all go through, and the audit trail has no gap", async () => {
    const routes: RouteName[] = [
      "POST teams",
      "POST members",
      "POST subscriptions",
      "POST invoices",
      "POST exchange-rates",
      "POST api-accounts/[id]/classifications",
      "POST members/[id]/memberships",
      "POST invitations/acceptance",
    ];
    const asked = await Promise.all(routes.flatMap((route) => [right(route), right(route)]));
    const answers = await Promise.all(
      asked.map((each, index) => asks(routes[Math.floor(index / 2)]!, each, index % 3 ? "owner" : "finance")),
    );
    expect(answers.filter(({ status }) => status >= 300).map(({ body }) => body)).toEqual([]);
    const events = await transact({ organizationId: world.owner.organization.id }, (db) =>
      db.auditEvent.findMany({
        orderBy: { sequence: "asc" },
        select: { sequence: true, hash: true, previousHash: true },
      }),
    );
    events.forEach((event, index) => {
      expect(event.sequence).toBe(BigInt(index + 1));
      expect(event.previousHash).toBe(events[index - 1]?.hash ?? "0".repeat(64));
    });
  });
});

describe("owners", () => {
  test("of two who are demoted at once, one stays", async () => {
    // Books of their own: whoever is demoted is signed out, and nobody knows who that will be.
    const world = await aWorld();
    const { asks } = await anAsker(world);
    await givePassword(world);
    const other = await anActor(world.owner, { roles: ["owner"] });
    const both = [world.owner.actor.userId, other.actor.userId];
    const answers = await Promise.all(
      both.map((id) => asks("PATCH users/[id]", { params: { id }, body: { roles: ["finance"] } })),
    );
    // Whoever lost the right in between is told so; nobody demotes the last one.
    const done = answers.filter(({ status }) => status === 200);
    expect(done).toHaveLength(1);
    const owners = await transact({ organizationId: world.owner.organization.id }, (db) =>
      db.organizationRole.findMany({ where: { role: "owner" } }),
    );
    expect(owners).toHaveLength(1);
  });
});

describe("a session", () => {
  test("ends at once when it is signed out, or its user loses a role", async () => {
    const world = await aWorld();
    const { asks } = await anAsker(world);
    await givePassword(world);
    expect((await asks("GET organization", {}, "auditor")).status).toBe(200);
    const id = world.actors.auditor.actor.userId;
    expect((await asks("DELETE users/[id]", { params: { id } })).status).toBe(204);
    expect((await asks("GET organization", {}, "auditor")).status).toBe(401);

    const colleague = await aColleague(world, ["finance"]);
    expect(
      (await asks("PATCH users/[id]", { params: { id: colleague }, body: { roles: ["member"] } })).status,
    ).toBe(200);
    const finance = world.actors.finance.actor.userId;
    expect((await asks("GET users", {}, "finance")).status).toBe(200);
    await asks("PATCH users/[id]", { params: { id: finance }, body: { roles: ["member"] } });
    // Other rights take another sign-in.
    expect((await asks("GET users", {}, "finance")).status).toBe(401);
  });
});
