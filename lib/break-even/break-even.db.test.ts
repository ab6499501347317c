import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { breakEvenFilter } from "@/lib/break-even/schema";
import { listBreakEven, readBreakEven } from "@/lib/break-even/service";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import { changeOrganization, readOrganization } from "@/lib/organization/service";
import { cataloguedBooks, daysOf, importLogs } from "@/lib/testing/advice-books";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// Plans against tokens from logs to verdict, at the prices and plans that an organization starts with.

let ctx: Ctx;
let books: Awaited<ReturnType<typeof cataloguedBooks>>;

/** A day on Opus 5.5 at 4.00, 5.00, 8.00, 0.20 and 20.00 a million: 0.16 + 2.00 + 0.40 + 2.40 + 0.90 = 5.86. */
const AGENTIC = { input: 40_000, write5m: 400_000, write1h: 50_000, read: 12_000_000, output: 45_000 };
/** The same in a batch, at half the price: 2.93. */
const IN_BATCH = { ...AGENTIC, batch: true };
/** 50,000 out at 20.00 a million: 1.00. */
const LITTLE = { output: 50_000 };
const TEAM = ["Ben", "Cem", "Dan", "Eve", "Fay"];

beforeAll(async () => {
  ctx = { ...(await anOrganization()), now: new Date("2026-11-25T12:00:00Z") };
  books = await cataloguedBooks(ctx, ["Ada", ...TEAM]);
  const { teams, member, contract } = books;
  const provider = "Anthropic";
  await contract({
    ...{ name: "Claude Max, Ada", provider, plan: "Claude Max", teamId: teams.platform },
    ...{ seats: 1, unitPriceMinor: 10_000, holders: ["Ada"], startsOn: "2026-10-01" },
  });
  await contract({
    ...{ name: "Claude Team", provider, plan: "Claude Team Standard", teamId: teams.platform },
    ...{ seats: 6, unitPriceMinor: 2_500, holders: TEAM },
  });
  // October, the only month in which Ada had a seat or use: 20 days of 5.86 and one of 2.93 are 120.13.
  await importLogs(ctx, member("Ada"), [
    ...daysOf("2026-10", 20, AGENTIC),
    { ...IN_BATCH, day: "2026-10-21" },
  ]);
  // August to October: 18 days of 1.00 are 6.00 a month.
  await importLogs(ctx, member("Ben"), [...daysOf("2026-09", 9, { ...LITTLE, model: "claude-opus-5" })]);
  await importLogs(ctx, member("Ben"), daysOf("2026-10", 9, LITTLE));
  await importLogs(ctx, member("Cem"), daysOf("2026-10", 13, AGENTIC));
});

const report = (asked: object = {}, who = ctx) => listBreakEven(who, breakEvenFilter.parse(asked));
const row = async (name: string, who = ctx) =>
  (await report({}, who)).data.find(({ person }) => person.name === name);

describe("break-even", () => {
  test("compares the three last whole months at the seats and prices of today", async () => {
    expect(await report()).toMatchObject({
      from: "2026-08",
      to: "2026-10",
      on: "2026-11-25",
      currency: "USD",
    });
    expect(await report({ month: "2026-12" })).toMatchObject({ to: "2026-10" });
    expect(await report({ month: "2026-09" })).toMatchObject({ from: "2026-07", on: "2026-09-30" });
  });

  test("prices agentic use as what it is: 120.13, where tokens without the price of cache reads would say more than 1,000", async () => {
    expect(await row("Ada")).toMatchObject({
      ...{ months: 1, activeDays: 21, verdict: "keep", saving: null },
      seatPrice: { minor: 10_000 },
      apiEquivalent: { minor: 12_013, currency: "USD" },
      onTop: { minor: 0 },
      // 100.00 / (120.13 / 21) = 17.5 days.
      turnsAtDays: 18,
    });
    const id = books.member("Ada");
    const serviceProviderId = books.provider("Anthropic");
    const detail = await readBreakEven(ctx, { of: "members", id, serviceProviderId });
    // 20 days whole and one at half: 20.5 x each kind of a day.
    expect(detail.mix).toMatchObject([
      {
        ...{ model: "claude-opus-5-5", cost: "120.13", batchCost: "2.93", toldCost: "0" },
        types: [
          { type: "uncachedInput", tokens: 840_000, cost: "3.28" },
          { type: "cacheRead", tokens: 252_000_000, cost: "49.2" },
          { type: "cacheWrite5m", tokens: 8_400_000, cost: "41" },
          { type: "cacheWrite1h", tokens: 1_050_000, cost: "8.2" },
          { type: "output", tokens: 945_000, cost: "18.45" },
        ],
      },
    ]);
    // All 262,290,000 tokens of input at 4.00: 1,049.16, and the output 18.90: 8.9 times as much.
    expect((262.29 * 4 + 0.945 * 20) / 120.13).toBeGreaterThan(5);
  });

  test("shows every month and every plan beside it", async () => {
    const asked = { of: "members" as const, id: books.member("Ada") };
    const detail = await readBreakEven(ctx, { ...asked, serviceProviderId: books.provider("Anthropic") });
    expect(detail.months).toHaveLength(12);
    expect(detail.months.at(-1)).toMatchObject({
      ...{ month: "2026-10", activeDays: 21, unpriced: false },
      apiEquivalent: { minor: 12_013 },
      seatPrice: { minor: 10_000 },
      seatCost: { minor: 10_000 },
    });
    expect(detail.months.at(-2)).toMatchObject({ activeDays: 0, seatPrice: { minor: 0 } });
    expect(
      detail.plans.map(({ plan, held, price, difference }) => [
        plan.name,
        held,
        price.minor,
        difference.minor,
      ]),
    ).toEqual([
      ["Claude Pro", false, 2_000, 10_013],
      ["Claude Team Standard", false, 2_500, 9_513],
      ["Claude Max", true, 10_000, 2_013],
      ["Claude Team Premium", false, 12_500, -487],
      ["Claude Ultra", false, 20_000, -7_987],
    ]);
  });

  test("takes means of the months in which there was a seat or use", async () => {
    // Opus 5 costs 25.00 a million out: 9 x 1.25 + 9 x 1.00 = 20.25 in three months, 6.75 a month, against 25.00.
    expect(await row("Ben")).toMatchObject({
      ...{ months: 3, activeDays: 18, verdict: "move_to_api" },
      ...{ apiEquivalent: { minor: 675 }, saving: { minor: 1_825 } },
    });
    expect(await row("Cem")).toMatchObject({ verdict: "not_enough_data", doubt: "few_days", activeDays: 13 });
  });

  test("is the same for a team and for a whole contract, whose seats that nobody holds cost too", async () => {
    const { groups } = await report({ of: "subscriptions" });
    expect(
      groups.map(({ group, people, seats, seatPrice, apiEquivalent }) => [
        group.name,
        ...[people, seats, seatPrice?.minor, apiEquivalent?.minor],
      ]),
    ).toEqual([
      ["Claude Max, Ada", 1, 1, 10_000, 12_013],
      // Ben 6.75, and Cem's 13 x 5.86 = 76.18 in three months: 25.39.
      ["Claude Team", 5, 6, 15_000, 3_214],
    ]);
    const teams = await report({ of: "teams" });
    expect(teams.groups).toMatchObject([
      {
        ...{ group: { name: "Platform" }, people: 6, seats: 6, seatPrice: { minor: 22_500 } },
        ...{ apiEquivalent: { minor: 15_227 }, saving: { minor: 1_825 } },
        verdicts: { keep: 1, move_to_api: 1, not_enough_data: 4 },
      },
    ]);
    expect(teams.total).toMatchObject({ saving: { minor: 1_825 } });
  });

  test("is told page by page", async () => {
    const first = await report({ limit: 4 });
    const second = await report({ limit: 4, cursor: first.nextCursor });
    expect([...first.data, ...second.data].map(({ person }) => person.name)).toEqual([
      ...["Ben", "Ada", "Cem", "Dan", "Eve", "Fay"],
    ]);
    expect(second.nextCursor).toBeNull();
    await expectRefusal(report({ cursor: "x" }), "invalid_input");
  });
});

describe("who sees whose", () => {
  const choose = async (personAnalysis: PersonAnalysis, minimumGroupSize: number) => {
    const { version } = await readOrganization(ctx);
    await changeOrganization(ctx, { version, personAnalysis, minimumGroupSize });
  };
  const names = async (who: Ctx, asked: object = {}) =>
    (await report(asked, who)).data.map(({ kind, person }) => (kind === "named" ? person.name : kind));
  const detail = (who: Ctx, name: string) =>
    readBreakEven(who, {
      ...{ of: "members", id: books.member(name), serviceProviderId: books.provider("Anthropic") },
    });

  test("a member sees only their own, a lead the people they lead", async () => {
    const ben = await anActor(ctx, { roles: ["member"], memberId: books.member("Ben") });
    expect(await names(ben)).toEqual(["Ben"]);
    expect((await report({ of: "teams" }, ben)).groups).toEqual([]);
    expect((await report({ of: "subscriptions" }, ben)).groups).toEqual([]);
    expect((await detail(ben, "Ben")).person).toMatchObject({ activeDays: 18 });
    await expectRefusal(detail(ben, "Ada"), "not_found");
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    expect(await names(lead)).toHaveLength(6);
    const other = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect(await names(other)).toEqual([]);
  });

  test("off: nobody but oneself; groups that are large enough, and the totals", async () => {
    await choose("off", 3);
    const ben = await anActor(ctx, { roles: ["member"], memberId: books.member("Ben") });
    expect(await names(ctx)).toEqual([]);
    expect(await names(ben)).toEqual(["Ben"]);
    expect(await report()).toMatchObject({ hiddenPeople: 6, total: { saving: { minor: 1_825 } } });
    expect((await report({ of: "teams" })).groups).toHaveLength(1);
    // One holder of Claude Max would be one person, and with the others in sight they could be told.
    expect((await report({ of: "subscriptions" })).groups).toEqual([]);
    await expectRefusal(detail(ctx, "Ada"), "forbidden");
    expect((await detail(ben, "Ben")).person).not.toBeNull();
  });

  test("pseudonymous: who holds what many hold; nobody's contract, team or months", async () => {
    await choose("pseudonymous", 5);
    expect(await names(ctx)).toEqual([]);
    await choose("pseudonymous", 1);
    const { data, hiddenPeople } = await report();
    expect([data.length, hiddenPeople]).toEqual([6, 0]);
    expect(
      data.every(({ kind, team, seats }) => kind === "pseudonym" && !team && !seats[0]?.subscription),
    ).toBe(true);
    expect(JSON.stringify(data)).not.toContain("Ada");
    await expectRefusal(detail(ctx, "Ada"), "forbidden");
    await choose("on", 5);
  });
});

describe("what is not known", () => {
  test("a price in a currency without a rate is not compared", async () => {
    await books.contract({
      ...{ name: "ChatGPT, Dan", provider: "OpenAI", plan: "ChatGPT Plus", teamId: books.teams.platform },
      ...{ seats: 1, unitPriceMinor: 2_300, currency: "EUR", holders: ["Dan"], startsOn: "2026-10-01" },
    });
    const dan = (await report()).data.find(({ serviceProvider }) => serviceProvider.name === "OpenAI");
    expect(dan).toMatchObject({ verdict: "not_enough_data", doubt: "rate_missing", seatPrice: null });
  });

  test("use of a model without a price is doubt, not zero", async () => {
    await importLogs(
      ctx,
      books.member("Eve"),
      daysOf("2026-10", 15, { ...LITTLE, model: "claude-haiku-5-5" }),
    );
    expect(await row("Eve")).toMatchObject({
      verdict: "not_enough_data",
      doubt: "price_unknown",
      activeDays: 15,
    });
  });
});
