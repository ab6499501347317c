import { beforeAll, expect, test } from "vitest";

import { createAccount } from "@/lib/accounts/service";
import { createAssignment } from "@/lib/assignments/service";
import { matchIdentity } from "@/lib/identities/service";
import { workOnImport } from "@/lib/imports/work";
import { postInvoice } from "@/lib/invoices/service";
import { createMember } from "@/lib/members/service";
import { createRate } from "@/lib/rates/service";
import { subscriptionInput } from "@/lib/subscriptions/schema";
import { addTerm, createSubscription } from "@/lib/subscriptions/service";
import type { Answer, Asked, RouteName } from "@/lib/testing/ask";
import { anAsker } from "@/lib/testing/asker";
import { closeMonths } from "@/lib/testing/closing";
import { commitFile, importFile, sendFile } from "@/lib/testing/imports";
import { anInvoice, seatCharge, usageCharge, usd } from "@/lib/testing/invoices";
import { expectProblem } from "@/lib/testing/problem";
import { unique } from "@/lib/testing/routes/row";
import { aWorld, type World } from "@/lib/testing/world";

// Every route that writes facts, asked for something that changes months up to October 2026, which are closed.

let world: World;
let asker: Awaited<ReturnType<typeof anAsker>>;

const COST = "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type";
const TOKENS =
  "usage_date_utc,model_version,workspace,api_key,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,web_search_count,usage_output_tokens";
const PRICES =
  "service_provider,model,service_tier,starts_on,currency,input,cache_read,cache_write_5m,cache_write_1h,output,source,as_of";

/** Use of October that no invoice covers, so that it is estimated. */
const costFile = (key: string, cost = "12.50") =>
  `${COST}\n2026-10-02,Claude Opus 4.5,trial,${key},message,,output,${cost},token\n`;
const send = (text: string) => sendFile(world.owner, { fileName: "cost.csv" }, text);

/** A contract of Platform with five seats from March on, nobody in them. */
const aContract = () => {
  const { providers, teams, plans } = world.books;
  const term = { planId: plans.standard, startsOn: "2026-03-01", seats: 5, unitPrice: usd(2_500) };
  return createSubscription(
    world.owner,
    subscriptionInput.parse({
      ...{ name: unique("Contract"), serviceProviderId: providers.anthropic, teamId: teams.platform },
      ...{ billingInterval: "month", billingAnchor: "2026-03-01", terms: [term] },
    }),
  );
};

/** A member of Platform who holds a seat from March on. */
async function aHolder() {
  const { owner, books } = world;
  const person = { name: unique("Eve"), kind: "person" as const, email: null, aliases: [] };
  const member = await createMember(owner, {
    ...person,
    ...{ teamId: books.teams.platform, startsOn: "2026-01-01" },
  });
  await createAssignment(owner, {
    ...{ subscriptionId: (await aContract()).id, planId: books.plans.standard, memberId: member.id },
    ...{ startsOn: "2026-03-01", endsOn: null, purpose: null, productId: null },
  });
  return member;
}

/** An account that counts as nothing yet, with an invoice of October. */
async function anInvoicedAccount() {
  const { owner, books } = world;
  const account = await createAccount(owner, {
    ...{ parentId: books.accounts.organization, serviceProviderId: books.providers.anthropic },
    ...{ kind: "workspace", name: unique("workspace"), externalId: null, toolId: null },
    ...{ monthlySpendLimit: null, startsOn: null, endsOn: null, classification: null },
  });
  const charges = [usageCharge(account.id, 4_200)];
  await postInvoice(owner, anInvoice(books, { number: unique("INV"), charges }));
  return account;
}

/** An invoice of 31 October in another currency, converted at the rate of the 28th. */
async function anInvoiceIn(currency: string) {
  const { owner, books } = world;
  const rate = await createRate(owner, {
    ...{ date: "2026-10-28", from: currency, to: "USD", rate: "1.1", source: "a bank" },
  });
  const billedCost = { minor: 10_000, currency };
  const charges = [seatCharge(books, { billedCost })];
  await postInvoice(owner, anInvoice(books, { number: unique("INV"), billedCost, charges }));
  return rate;
}

async function aUsedName(): Promise<string> {
  const key = unique("key");
  const { id, preview } = await send(costFile(key));
  await commitFile(world.owner, { id });
  return preview?.identities.find(({ name }) => name === key)?.id ?? "";
}

const toDev = () => {
  const { members, accounts } = world.books;
  return { memberId: members.ada, apiAccountId: accounts.dev, startsOn: "2026-01-01" };
};

/** What its row of the route table asks does it. */
const asInTable = (route: RouteName) => (): Promise<Asked> => asker.right(route);

/** A request to each route whose answer would change a closed month; what it is about is entered before. */
const REQUESTS: readonly (readonly [RouteName, () => Promise<Asked>])[] = [
  ...(
    [
      ...(["POST invoices", "PATCH invoices/[id]", "PUT invoices/[id]/void"] as const),
      ...(["POST subscriptions", "PATCH subscriptions/[id]", "POST subscriptions/[id]/terms"] as const),
      ...(["PATCH subscriptions/[id]/terms/[termId]", "POST assignments"] as const),
      ...(["PATCH assignments/[id]", "POST assignment-batches"] as const),
      ...(["POST assignments/[id]/reassignment", "POST idle-seats/reductions"] as const),
      ...(["POST credit-grants", "PATCH credit-grants/[id]", "PUT credit-grants/[id]/void"] as const),
    ] as const
  ).map((route) => [route, asInTable(route)] as const),
  [
    "DELETE subscriptions/[id]/terms/[termId]",
    async () => {
      const { id } = await aContract();
      const more = { planId: world.books.plans.standard, seats: 7, unitPrice: usd(2_500) };
      const { terms } = await addTerm(world.owner, { id, ...more, startsOn: "2026-04-01" });
      return { params: { id, termId: terms[1]?.id ?? "" } };
    },
  ],
  [
    "PATCH api-accounts/[id]",
    async () => {
      const { id, version } = await anInvoicedAccount();
      return { params: { id }, version, body: { parentId: world.books.accounts.prod } };
    },
  ],
  [
    "POST api-accounts/[id]/classifications",
    async () => ({
      ...(await asker.right("POST api-accounts/[id]/classifications")),
      params: { id: (await anInvoicedAccount()).id },
    }),
  ],
  [
    "POST members/[id]/memberships",
    async () => ({
      params: { id: (await aHolder()).id },
      body: { teamId: world.books.teams.growth, startsOn: "2026-05-01", endsOn: null },
    }),
  ],
  [
    "PUT members/[id]/merge",
    async () => {
      const { id, version } = await aHolder();
      return { params: { id }, version, body: { intoMemberId: world.books.members.cem } };
    },
  ],
  [
    "POST exchange-rates",
    async () => {
      await anInvoiceIn("CHF");
      return {
        body: { date: "2026-10-30", from: "CHF", to: "USD", rate: "1.2", source: "a bank" },
      };
    },
  ],
  [
    "PATCH exchange-rates/[id]",
    async () => {
      const { id, version } = await anInvoiceIn("GBP");
      return { params: { id }, version, body: { rate: "1.2" } };
    },
  ],
  [
    "POST exchange-rates/imports",
    async () => {
      await anInvoiceIn("SEK");
      const file = new TextEncoder().encode("Date,USD,SEK,\n2026-10-30,1.1593,10.9435,\n");
      return { query: { mode: "commit" }, file };
    },
  ],
  ["PUT identities/[id]/match", async () => ({ params: { id: await aUsedName() }, body: toDev() })],
  [
    "DELETE identities/[id]/match",
    async () => {
      const id = await aUsedName();
      await matchIdentity(world.owner, { id, ...toDev() });
      return { params: { id } };
    },
  ],
  [
    "PUT imports/[id]/commit",
    async () => ({
      params: { id: (await send(costFile(unique("key")))).id },
      body: { skipBadRows: false },
    }),
  ],
  [
    "POST model-prices",
    async () => {
      await takeUnpriced("claude-opus-91");
      return await asker.right("POST model-prices", { model: "claude-opus-91" });
    },
  ],
  [
    "PUT model-prices/file",
    async () => {
      await takeUnpriced("claude-opus-92");
      const price = "Anthropic,claude-opus-92,standard,2026-01-01,USD,5,0,0,0,25,price page,2026-11-01";
      return { body: { text: `${PRICES}\r\n${price}` } };
    },
  ],
];

async function takeUnpriced(model: string): Promise<void> {
  const use = `2026-10-02,${model},trial,${unique("key")},standard,≤ 200k,0,0,0,0,0,1000000`;
  await importFile(world.owner, "claude_api_tokens_2026_10.csv", `${TOKENS}\r\n${use}`);
}

/** A new account has no cost yet, so that no month can change by it. */
const NEVER_REFUSED: readonly RouteName[] = ["POST api-accounts"];

const prepared = new Map<RouteName, Asked>();
let takenIn: string;
beforeAll(async () => {
  world = await aWorld();
  asker = await anAsker(world);
  for (const [route, request] of REQUESTS) prepared.set(route, await request());
  await commitFile(world.owner, await send(costFile("restated")));
  takenIn = (await commitFile(world.owner, await send(costFile("taken in")))).id;
  await closeMonths(world.owner, "2026-01", "2026-10");
}, 120_000);

const asksFor = (route: RouteName, asked: Asked, closedMonths?: string): Promise<Answer> => {
  if (closedMonths === undefined) return asker.asks(route, asked);
  if (asked.file !== undefined || route.startsWith("DELETE"))
    return asker.asks(route, { ...asked, query: { ...asked.query, closedMonths } });
  return asker.asks(route, { ...asked, body: { ...(asked.body as object), closedMonths } });
};

function expectToBeAsked(answer: Answer, route: RouteName): void {
  expectProblem(answer, { status: 409, code: "period_closed" }, route);
  const { of, countsIn } = answer.body.correction;
  const closed = of.filter((month: string) => month >= "2026-01" && month <= "2026-10");
  expect([route, of, countsIn]).toEqual([route, closed, "2026-11"]);
  expect(of).not.toEqual([]);
}

test("every route that takes corrections is asked here", () => {
  const corrects = [...asker.routes].filter(([, handler]) => handler.corrects).map(([route]) => route);
  expect([...prepared.keys(), ...NEVER_REFUSED].sort()).toEqual(corrects.sort());
});

test.each(REQUESTS.map(([route]) => route))("%s is refused, and taken as a correction", async (route) => {
  const asked = prepared.get(route) ?? {};
  expectToBeAsked(await asksFor(route, asked), route);
  expectProblem(await asksFor(route, asked, "yes"), {
    status: 400,
    code: "invalid_input",
    fields: ["closedMonths"],
  });
  const { status, body } = await asksFor(route, asked, "correct");
  expect([route, status < 300 ? "taken" : body]).toEqual([route, "taken"]);
});

test.each(NEVER_REFUSED)("%s needs no leave, and takes it", async (route) => {
  expect((await asksFor(route, await asker.right(route))).status).toBe(201);
  expect((await asksFor(route, await asker.right(route), "correct")).status).toBe(201);
});

test("a file that states use of a closed month anew asks, and is then a correction of the difference", async () => {
  const corrections = async () =>
    (await asker.asks("GET ledger", { query: { month: "2026-11", corrections: "only" } })).body.total.minor;
  const before = await corrections();
  const { id } = await send(costFile("restated", "13.75"));
  const asked = { params: { id }, body: { skipBadRows: false } };
  expectToBeAsked(await asksFor("PUT imports/[id]/commit", asked), "PUT imports/[id]/commit");
  expect((await asker.asks("GET imports/[id]", { params: { id } })).body.state).toBe("ready");

  expect((await asksFor("PUT imports/[id]/commit", asked, "correct")).status).toBe(200);
  await workOnImport(world.owner, id);
  expect((await asker.asks("GET imports/[id]", { params: { id } })).body.state).toBe("committed");
  // 13.75 less the 12.50 that October holds.
  expect((await corrections()) - before).toBe(125);
});

test("an import that a closed month holds is not taken back, and says why", async () => {
  const params = { id: takenIn };
  const before = (await asker.asks("GET ledger", { query: { month: "2026-11" } })).body.total;
  expect((await asker.asks("DELETE imports/[id]/commit", { params })).status).toBe(200);
  await workOnImport(world.owner, takenIn);
  const { body } = await asker.asks("GET imports/[id]", { params });
  expect([body.state, JSON.stringify(body)]).toEqual([
    "committed",
    expect.stringContaining("2026-10 is closed"),
  ]);
  expect((await asker.asks("GET ledger", { query: { month: "2026-11" } })).body.total).toEqual(before);
});
