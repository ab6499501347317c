import { beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { getBudget } from "@/lib/budget/service";
import { createPlanPrice } from "@/lib/catalogue/service";
import { transact, write } from "@/lib/db/client";
import { addDays } from "@/lib/domain/calendar-date";
import type { ScenarioChange } from "@/lib/domain/scenario";
import { ensureModelPrices } from "@/lib/model-prices/data";
import { getEffects } from "@/lib/scenarios/effect";
import { listProposals } from "@/lib/scenarios/proposals";
import { effectInput, type ScenarioBody, type ScenarioEffect, scenarioInput } from "@/lib/scenarios/schema";
import {
  changeScenario,
  createScenario,
  listScenarios,
  readScenario,
  removeScenario,
} from "@/lib/scenarios/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { importFile } from "@/lib/testing/imports";
import { usd } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";

// What scenarios come to beside the forecast, against PostgreSQL. Today is Tuesday, 24 November 2026.

let ctx: Ctx;
let books: SomeBooks;
beforeEach(async () => {
  ctx = { ...(await anOrganization({ booksStart: "2026-01" })), now: new Date("2026-11-24T12:00:00Z") };
  books = await someBooks(ctx);
  await write(ctx, (db) => ensureModelPrices(db, ctx));
  await opusOnEveryDay();
});

/** From 1 October on 1 M tokens in (5.00) and 0.2 M out (5.00) of Claude Opus 4.5 a day on "prod": 10.00. */
async function opusOnEveryDay(): Promise<void> {
  const header =
    "usage_date_utc,model_version,workspace,api_key,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,web_search_count,usage_output_tokens\n";
  const rows = Array.from(
    { length: 54 },
    (_, index) => `${addDays("2026-10-01", index)},claude-opus-4-5,prod,,standard,,1000000,0,0,0,0,200000\n`,
  );
  await importFile(ctx, "tokens.csv", header + rows.join(""));
}

const create = (changes: readonly ScenarioChange[], name = "What if") =>
  createScenario(ctx, scenarioInput.parse({ name, changes } as ScenarioBody));

const MONTHS = { from: "2026-11", to: "2027-03" };
const effects = (id: string, others: readonly string[] = [], who = ctx) =>
  getEffects(who, effectInput.parse({ id, ...MONTHS, with: others.join(",") }));

/** The differences of a line, month by month. */
const differences = (effect: ScenarioEffect | undefined, purpose: string) =>
  effect?.lines.find((line) => line.purpose === purpose)?.months.map(({ difference }) => difference?.minor);

async function effectOf(changes: readonly ScenarioChange[], name?: string) {
  const { id } = await create(changes, name);
  return (await effects(id)).effects[0];
}

const everywhere = { apiAccountId: null, productId: null, from: "2027-01" };
const toHaiku = (): ScenarioChange => ({
  kind: "model",
  ...{ ...everywhere, model: "claude-opus-4-5", toModel: "claude-haiku-4-5", percent: 100 },
});
const fewerSeats = (): ScenarioChange => ({
  kind: "seats",
  ...{ subscriptionId: books.subscriptions.claudeTeam, planId: books.plans.standard },
  ...{ from: "2027-02-01", seats: -3 },
});

describe("what a scenario comes to", () => {
  test("without a change is the forecast of the budget, line by line and month by month", async () => {
    const budget = await getBudget(ctx, { ...MONTHS, basis: "effective", groupBy: [] });
    const { id } = await create([]);
    const { forecast, effects: told } = await effects(id);
    expect(forecast.map(({ purpose, months }) => [purpose, months.map((month) => month.forecast)])).toEqual(
      budget.lines.map(({ purpose, months }) => [purpose, months.map((month) => month.forecast)]),
    );
    for (const [index, line] of (told[0]?.lines ?? []).entries()) {
      expect(line.months.map(({ scenario }) => scenario)).toEqual(
        budget.lines[index]?.months.map((month) => month.forecast),
      );
      expect(line.total).toEqual({ scenario: budget.lines[index]?.total.forecast, difference: usd(0) });
    }
    expect(told[0]?.total.total.scenario).toEqual(budget.total.total.forecast);
  });

  test("Opus work on Haiku costs a fifth from January on; three seats fewer 75.00 a month from February on", async () => {
    const effect = await effectOf([toHaiku(), fewerSeats()]);
    // 10.00 a day: January 310.00, of which 248.00 go; February 280.00 and 224.00.
    expect(differences(effect, "product_running")).toEqual([0, 0, -24_800, -22_400, -24_800]);
    expect(differences(effect, "developer_leverage")).toEqual([0, 0, 0, -7_500, -7_500]);
    expect(effect?.untold).toEqual([]);
  });

  test("in any order is the same", async () => {
    const changes: ScenarioChange[] = [
      toHaiku(),
      fewerSeats(),
      { kind: "batch", ...everywhere, percent: 33 },
      { kind: "cache", ...everywhere, apiAccountId: books.accounts.prod, percent: 47, readsPerWrite: 7 },
      { kind: "model_price", model: "claude-haiku-4-5", from: "2027-02", percent: 13 },
      { ...fewerSeats(), seats: 1 } as ScenarioChange,
    ];
    const first = await effectOf(changes, "One way");
    const second = await effectOf(changes.toReversed(), "The other way");
    expect({ ...second, scenario: null }).toEqual({ ...first, scenario: null });
    expect(differences(first, "product_running")?.[2]).toBeLessThan(-24_800);
  });

  test("stands beside up to two others, over the same forecast", async () => {
    const one = await create([toHaiku()], "Haiku");
    const two = await create([fewerSeats()], "Fewer seats");
    const told = await effects(one.id, [two.id]);
    expect(told.effects.map(({ scenario, total }) => [scenario.name, total.total.difference?.minor])).toEqual(
      [
        ["Haiku", -72_000],
        ["Fewer seats", -15_000],
      ],
    );
  });

  test("leaves everything real as it was", async () => {
    const budget = await getBudget(ctx, { ...MONTHS, basis: "effective", groupBy: [] });
    await effectOf([toHaiku(), fewerSeats()]);
    expect(await getBudget(ctx, { ...MONTHS, basis: "effective", groupBy: [] })).toEqual(budget);
  });

  test("names what could not be told", async () => {
    const move: ScenarioChange = {
      kind: "plan",
      ...{ subscriptionId: books.subscriptions.claudeTeam, planId: books.plans.standard },
      ...{ from: "2027-01-01", toPlanId: books.plans.standard, seats: null },
    };
    const unknown = { ...toHaiku(), toModel: "unheard-of-1" } as ScenarioChange;
    const effect = await effectOf([unknown]);
    expect(effect?.untold).toEqual([
      "claude-opus-4-5, or a model that it goes to, has no list price: its cost stays as it is.",
    ]);
    expect(scenarioInput.safeParse({ name: "Nowhere", changes: [move] }).success).toBe(false);
  });
});

describe("a list price that begins later", () => {
  test("proposes what it does at each contract's renewal, and a scenario without it", async () => {
    const price = { id: books.plans.standard, billingInterval: "month" as const, source: "a letter" };
    await createPlanPrice(ctx, { ...price, startsOn: "2026-01-01", unitPrice: usd(2_500) });
    await createPlanPrice(ctx, { ...price, startsOn: "2027-01-15", unitPrice: usd(3_000) });
    const { data } = await listProposals(ctx);
    expect(data.map(({ title, contracts }) => [title, contracts.map(({ text }) => text)])).toEqual([
      [
        "Team Standard goes from 25.00 USD to 30.00 USD a month on 15 Jan 2027",
        ["5 seats from the renewal on 1 Feb 2027 on, 25.00 USD more a month."],
      ],
    ]);
    const { id } = await createScenario(ctx, scenarioInput.parse(data[0]?.scenario));
    const [effect] = (await effects(id)).effects;
    expect(differences(effect, "developer_leverage")).toEqual([0, 0, 0, -2_500, -2_500]);
  });
});

describe("scenarios", () => {
  test("are kept by name, told in sentences, changed by version, and thrown away; each change is traced", async () => {
    const { id, version } = await create([fewerSeats()]);
    await expectRefusal(create([fewerSeats()]), "name_taken");
    const [told] = (await listScenarios(ctx, { limit: 50 })).data;
    expect(told?.changes.map(({ text }) => text)).toEqual([
      "3 fewer seats of Team Standard in Claude Team from 1 Feb 2027 on.",
    ]);
    const edit = { id, ...scenarioInput.parse({ name: "Lean", note: "Since June.", changes: [] }) };
    const changed = await changeScenario(ctx, { ...edit, version });
    expect(changed).toMatchObject({ name: "Lean", note: "Since June.", changes: [], version: version + 1 });
    await expectRefusal(changeScenario(ctx, { ...edit, version }), "stale_version");
    await removeScenario(ctx, { id, version: changed.version });
    await expectRefusal(readScenario(ctx, { id }), "not_found");
    const { id: organizationId } = ctx.organization;
    const events = await transact({ organizationId }, (db) =>
      db.auditEvent.findMany({ where: { organizationId, targetId: id }, orderBy: { id: "asc" } }),
    );
    expect(events.map(({ action }) => action)).toEqual([
      "scenario.create",
      "scenario.change",
      "scenario.remove",
    ]);
  });

  test("are about what is there: a contract with the plan, and a plan of its provider", async () => {
    const { standard, cursorTeams } = books.plans;
    const of = { subscriptionId: books.subscriptions.claudeTeam, from: "2027-01-01" };
    const seats = (change: object) => create([{ ...fewerSeats(), ...change } as ScenarioChange]);
    await expectRefusal(seats({ subscriptionId: books.accounts.prod }), "not_found");
    await expectRefusal(seats({ planId: cursorTeams }), "invalid_input");
    const move: ScenarioChange = { kind: "plan", ...of, planId: standard, toPlanId: cursorTeams, seats: 1 };
    await expectRefusal(create([move]), "invalid_input");
    await expectRefusal(
      create([{ ...toHaiku(), productId: books.accounts.prod } as ScenarioChange]),
      "not_found",
    );
  });

  test("show a lead what is about their teams, and nothing of other teams' contracts", async () => {
    const { id } = await create([toHaiku(), fewerSeats()]);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
    expect(await readScenario(lead, { id })).toMatchObject({
      changes: [{ change: { kind: "model" } }],
      hiddenChanges: 1,
    });
    const [effect] = (await effects(id, [], lead)).effects;
    expect(differences(effect, "product_running")).toEqual([0, 0, -24_800, -22_400, -24_800]);
    expect(differences(effect, "developer_leverage")).toEqual([0, 0, 0, 0, 0]);
    await expectRefusal(removeScenario(lead, { id, version: 1 }), "forbidden");
    await expectRefusal(readScenario(await anActor(ctx, { roles: ["member"] }), { id }), "forbidden");
  });
});
