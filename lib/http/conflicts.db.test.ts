import { beforeAll, describe, expect, test } from "vitest";

import type { DomainErrorCode } from "@/lib/domain/errors";
import type { Answer, Asked, RouteName } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { expectProblem } from "@/lib/testing/problem";
import { uniqueDay } from "@/lib/testing/routes/row";
import { aColleague, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

// What the books refuse, on every kind of resource that it concerns, by status.

let world: World;
let asks: Awaited<ReturnType<typeof anAsker>>["asks"];
let right: Awaited<ReturnType<typeof anAsker>>["right"];
beforeAll(async () => {
  world = await aWorld();
  ({ asks, right } = await anAsker(world));
});

async function made(route: RouteName, changes: object = {}): Promise<Answer["body"]> {
  const { status, body } = await asks(route, await right(route, changes));
  expect([route, status, body.fields]).toEqual([route, 201, undefined]);
  return body;
}

const refuses = (answer: Answer, status: number, code: DomainErrorCode, ...fields: string[]) =>
  expectProblem(answer, { status, code, fields });

describe("409 for a name, code or day that is taken", () => {
  test.each<[RouteName, string, string?]>([
    ["POST teams", "name"],
    ["POST teams", "code"],
    ["POST members", "email"],
    ["POST products", "name"],
    ["POST service-providers", "name"],
    ["POST plans", "name"],
    ["POST subscriptions", "name"],
    ["POST exchange-rates", "date"],
    ["POST api-accounts", "externalId"],
    ["POST budget-versions", "name"],
    ["POST budget-owners", "startsOn"],
    ["POST thresholds", "percent"],
    ["PATCH teams/[id]", "name", "POST teams"],
    ["PATCH teams/[id]", "code", "POST teams"],
    ["PATCH members/[id]", "email", "POST members"],
    ["PATCH products/[id]", "name", "POST products"],
    ["PATCH service-providers/[id]", "name", "POST service-providers"],
    ["PATCH plans/[id]", "name", "POST plans"],
    ["PATCH subscriptions/[id]", "name", "POST subscriptions"],
    ["PATCH api-accounts/[id]", "externalId", "POST api-accounts"],
    ["PATCH budget-versions/[id]", "name", "POST budget-versions"],
  ])("%s: %s", async (route, field, by = route) => {
    const first = await made(by as RouteName);
    refuses(await asks(route, await right(route, { [field]: first[field] })), 409, "name_taken", field);
  });

  test.each<RouteName>(["POST plans/[id]/prices", "POST subscriptions/[id]/terms"])(
    "%s: startsOn",
    async (route) => {
      const asked = await right(route);
      expect((await asks(route, asked)).status).toBe(201);
      refuses(await asks(route, asked), 409, "name_taken", "startsOn");
    },
  );

  test("PATCH subscriptions/[id]/terms/[termId]: startsOn", async () => {
    const { id, terms } = await made("POST subscriptions/[id]/terms");
    const params = { id, termId: terms[1].id };
    const answer = await asks("PATCH subscriptions/[id]/terms/[termId]", {
      params,
      body: { startsOn: terms[0].startsOn },
    });
    refuses(answer, 409, "name_taken", "startsOn");
  });
});

describe("409 for what would be there twice or too often", () => {
  test("invoice_duplicate, with the one that is there", async () => {
    const asked = await right("POST invoices");
    const { draftId: _, ...body } = asked.body as { draftId: string; number: string };
    const first = await asks("POST invoices", { body });
    for (const number of [body.number, body.number.toUpperCase(), ` ${body.number} `]) {
      const again = await asks("POST invoices", { body: { ...body, number } });
      refuses(again, 409, "invoice_duplicate", "number");
      expect(again.body.conflictingId).toBe(first.body.id);
    }
    const change = await asks(
      "PATCH invoices/[id]",
      await right("PATCH invoices/[id]", { number: body.number }),
    );
    refuses(change, 409, "invoice_duplicate", "number");
  });

  test("invoice_void: it is changed and voided no more", async () => {
    const asked = await right("PUT invoices/[id]/void");
    expect((await asks("PUT invoices/[id]/void", asked)).status).toBe(200);
    refuses(await asks("PUT invoices/[id]/void", { ...asked, version: 2 }), 409, "invoice_void");
    const { body } = await right("PATCH invoices/[id]");
    refuses(await asks("PATCH invoices/[id]", { ...asked, version: 2, body }), 409, "invoice_void");
  });

  test("credit_void: it is changed and voided no more", async () => {
    const asked = await right("PUT credit-grants/[id]/void");
    expect((await asks("PUT credit-grants/[id]/void", asked)).status).toBe(200);
    refuses(await asks("PUT credit-grants/[id]/void", { ...asked, version: 2 }), 409, "credit_void");
    const change = { ...asked, version: 2, body: { note: "once more" } };
    refuses(await asks("PATCH credit-grants/[id]", change), 409, "credit_void");
  });

  test("name_taken: a line buys one credit", async () => {
    const asked = await right("POST credit-grants");
    expect((await asks("POST credit-grants", asked)).status).toBe(201);
    refuses(await asks("POST credit-grants", asked), 409, "name_taken", "chargeId");
  });

  const oneSeat = () => ({
    terms: [
      { planId: world.books.plans.standard, startsOn: "2026-03-01", seats: 1, unitPrice: usd(2_500) },
      { planId: world.books.plans.standard, startsOn: "2026-05-01", seats: 2, unitPrice: usd(2_500) },
    ],
  });
  const holder = (memberId: string, changes: object = {}) => ({
    memberId,
    planId: world.books.plans.standard,
    startsOn: "2026-03-01",
    ...changes,
  });

  test("seats_exceeded, whichever way one tries", async () => {
    const { ada, ben, cem } = world.books.members;
    const tooMany = { ...oneSeat(), assignments: [holder(ada), holder(ben)] };
    refuses(
      await asks("POST subscriptions", await right("POST subscriptions", tooMany)),
      409,
      "seats_exceeded",
    );

    const { id, terms } = await made("POST subscriptions", { ...oneSeat(), assignments: [holder(ada)] });
    const seat = { subscriptionId: id, ...holder(ben) };
    refuses(await asks("POST assignments", { body: seat }), 409, "seats_exceeded", "startsOn");
    const { subscriptionId, planId, startsOn } = seat;
    const batch = { subscriptionId, planId, startsOn, members: [{ memberId: ben }, { memberId: cem }] };
    refuses(await asks("POST assignment-batches", { body: batch }), 409, "seats_exceeded", "members");

    const later = await asks("POST assignments", { body: { ...seat, startsOn: "2026-05-01" } });
    expect(later.status).toBe(201);
    const { id: held, version } = later.body;
    refuses(
      await asks("PATCH assignments/[id]", { params: { id: held }, version, body: { startsOn } }),
      409,
      "seats_exceeded",
    );
    const params = { id, termId: terms[1].id };
    const fewer = { params, body: { seats: 1 } };
    refuses(await asks("PATCH subscriptions/[id]/terms/[termId]", fewer), 409, "seats_exceeded");
    refuses(await asks("DELETE subscriptions/[id]/terms/[termId]", { params }), 409, "seats_exceeded");
    const none = { params: { id }, body: { ...oneSeat().terms[0], startsOn: "2026-04-01", seats: 0 } };
    refuses(await asks("POST subscriptions/[id]/terms", none), 409, "seats_exceeded");
  });

  test("assignment_overlap: nobody holds two seats of one plan", async () => {
    const { ada, ben } = world.books.members;
    const twice = [holder(ada, { endsOn: "2026-04-02" }), holder(ada, { startsOn: "2026-04-01" })];
    const body = { assignments: twice };
    refuses(
      await asks("POST subscriptions", await right("POST subscriptions", body)),
      409,
      "assignment_overlap",
    );

    const { id } = await made("POST subscriptions", { assignments: [] });
    const seat = { subscriptionId: id, ...holder(ben) };
    const first = await asks("POST assignments", { body: { ...seat, endsOn: "2026-04-01" } });
    const second = await asks("POST assignments", { body: { ...seat, startsOn: "2026-04-01" } });
    expect([first.status, second.status]).toEqual([201, 201]);
    refuses(await asks("POST assignments", { body: seat }), 409, "assignment_overlap");
    const longer = { params: { id: first.body.id }, version: 1, body: { endsOn: "2026-04-02" } };
    refuses(await asks("PATCH assignments/[id]", longer), 409, "assignment_overlap");
  });

  test("membership_overlap: a member is in one team at a time, and leads a team once", async () => {
    const asked = await right("POST members/[id]/memberships");
    expect((await asks("POST members/[id]/memberships", asked)).status).toBe(201);
    const inside = { ...asked, body: { ...(asked.body as object), startsOn: "2026-05-10", endsOn: null } };
    refuses(await asks("POST members/[id]/memberships", inside), 409, "membership_overlap");

    const lead = await right("POST teams/[id]/leads");
    expect((await asks("POST teams/[id]/leads", lead)).status).toBe(201);
    refuses(await asks("POST teams/[id]/leads", lead), 409, "membership_overlap");
  });

  test("still_in_use, setup_done", async () => {
    const { id, version } = (await asks("GET teams/[id]", { params: { id: world.books.teams.platform } }))
      .body;
    const archived = { params: { id }, version, body: { archived: true } };
    refuses(await asks("PATCH teams/[id]", archived), 409, "still_in_use");
    const organization = (await asks("GET organization")).body;
    for (const body of [{ baseCurrency: "EUR" }, { booksStart: "2025-01" }])
      refuses(
        await asks("PATCH organization", { version: organization.version, body }),
        409,
        "still_in_use",
        Object.keys(body)[0]!,
      );
    refuses(await asks("POST setup", await right("POST setup"), "nobody"), 409, "setup_done");
  });

  test("last_owner: an organization keeps one, whichever way one tries", async () => {
    const id = world.owner.actor.userId;
    const roles = ["finance"];
    refuses(await asks("PATCH users/[id]", { params: { id }, body: { roles } }), 409, "last_owner");
    const until = { roles: ["owner"], roleEndsOn: "2027-01-01" };
    refuses(await asks("PATCH users/[id]", { params: { id }, body: until }), 409, "last_owner");
    refuses(await asks("DELETE users/[id]", { params: { id } }), 409, "last_owner");

    await givePassword(world);
    const invited = await right("POST invitations", { email: world.ownerEmail, roles, memberId: null });
    const { link } = (await asks("POST invitations", invited)).body;
    const token = link.split("/").at(-1);
    const acceptance = { body: { token, password: PASSWORD } };
    refuses(await asks("POST invitations/acceptance", acceptance, "nobody"), 409, "last_owner");
    expect((await asks("GET users")).body.data).toContainEqual(
      expect.objectContaining({ id, roles: ["owner"] }),
    );
  });
});

describe("422 for an invoice that cannot be", () => {
  const routes = ["POST invoices", "PATCH invoices/[id]"] as const;
  const euro = (minor: number) => ({ minor, currency: "EUR" });

  test.each(routes)("%s: invoice_unbalanced", async (route) => {
    for (const minor of [22_599, 22_601, -22_600, 0]) {
      const changes = { billedCost: usd(minor), type: "credit_note" };
      refuses(await asks(route, await right(route, changes)), 422, "invoice_unbalanced", "billedCost");
    }
  });

  test.each(routes)("%s: currency_mismatch", async (route) => {
    const inEuro = { ...usageCharge(world.books.accounts.prod, 0), billedCost: euro(1) };
    const charges = [seatCharge(world.books), inEuro];
    const lines = await right(route, { billedCost: usd(12_500), charges });
    refuses(await asks(route, lines), 422, "currency_mismatch", "charges.1.billedCost");
    const paidBy = { memberId: world.books.members.cem, reimbursed: euro(1) };
    refuses(await asks(route, await right(route, { paidBy })), 422, "currency_mismatch", "paidBy.reimbursed");
  });

  test.each(routes)("%s: rate_missing", async (route) => {
    const charges = [
      { ...usageCharge(world.books.accounts.prod, 0), billedCost: { minor: 900, currency: "CHF" } },
    ];
    const changes = { billedCost: { minor: 900, currency: "CHF" }, charges, paidBy: null };
    refuses(await asks(route, await right(route, changes)), 422, "rate_missing", "exchangeRate");
  });
});

describe("404 for what is not there", () => {
  test("an invitation that was used, taken back, or never was", async () => {
    const asked = await right("POST invitations/acceptance");
    expect((await asks("POST invitations/acceptance", asked, "nobody")).status).toBe(204);
    refuses(await asks("POST invitations/acceptance", asked, "nobody"), 404, "invitation_invalid");

    const { id, link } = (await asks("POST invitations", await right("POST invitations"))).body;
    expect((await asks("DELETE invitations/[id]", { params: { id } })).status).toBe(204);
    refuses(await asks("DELETE invitations/[id]", { params: { id } }), 404, "not_found");
    const tokens = [link.split("/").at(-1), "x", "A".repeat(64), "_".repeat(64), "%00"];
    for (const token of tokens) {
      const acceptance: Asked = { body: { token, name: "x", password: PASSWORD } };
      refuses(await asks("POST invitations/acceptance", acceptance, "nobody"), 404, "invitation_invalid");
    }
  });

  test("somebody else's session", async () => {
    const [own] = (await asks("GET sessions", {}, "finance")).body.data;
    refuses(await asks("DELETE sessions/[id]", { params: { id: own.id } }), 404, "not_found");
    const id = await aColleague(world);
    expect((await asks("DELETE users/[id]", { params: { id } })).status).toBe(204);
    refuses(await asks("DELETE users/[id]", { params: { id } }), 404, "not_found");
  });
});

describe("sign-in", () => {
  const headers = (address: string) => ({ headers: { "X-Forwarded-For": address } });
  const tries = (email: string, password: string, address = "203.0.113.9") =>
    asks("POST session", { body: { email, password }, ...headers(address) }, "nobody");

  test("401 looks the same for a wrong password and an unknown account", async () => {
    await givePassword(world);
    const [wrong, unknown] = [await tries(world.ownerEmail, "x"), await tries("nobody@example.test", "x")];
    refuses(wrong, 401, "unauthenticated");
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.headers.get("set-cookie")).toBeNull();
  });

  test("429 with Retry-After after ten failures, for the account from anywhere, for nobody else", async () => {
    await givePassword(world);
    const email = `victim-${uniqueDay()}@example.test`;
    for (let count = 0; count < 10; count++)
      refuses(await tries(email, "wrong", `198.51.100.${count}`), 401, "unauthenticated");
    const refused = await tries(email, PASSWORD, "198.51.100.77");
    refuses(refused, 429, "too_many_attempts");
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(900);
    expect((await tries(world.ownerEmail, PASSWORD, "198.51.100.77")).status).toBe(200);
  });
});
