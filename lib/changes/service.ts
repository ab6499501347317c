import "server-only";

import { authorize, type Ctx, visibility } from "@/lib/auth/ctx";
import {
  findFirstDay,
  loadThings,
  sumModels,
  sumThings,
  type ThingNames,
  type ThingSum,
} from "@/lib/changes/data";
import { type Measured, measuring, partsOf, thingKey } from "@/lib/changes/parts";
import type { ChangeRow, Changes, LineChange } from "@/lib/changes/schema";
import type { Db } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { type ChangedModel, differenceText, effectText, grownModel } from "@/lib/domain/change-words";
import { type CostPart, type Effect, explainChanges } from "@/lib/domain/cost-change";
import { PURPOSES, type Purpose } from "@/lib/domain/facts";
import { money } from "@/lib/domain/money";
import { type Month, monthOf, shiftMonth } from "@/lib/domain/month";
import { CHARGE_CATEGORY_NAMES, PURPOSE_NAMES } from "@/lib/domain/words";
import { readLedger } from "@/lib/ledger/read";

const LOCALE = "en";

/** Why each line costs more or less than in the month before, to the cent, as far as the actor may see it. */
export async function getChanges(ctx: Ctx, { month }: { readonly month: Month }): Promise<Changes> {
  authorize(ctx, "books:read");
  const earlier = shiftMonth(month, -1);
  const { baseCurrency: currency } = ctx.organization;
  return await readLedger(ctx, async (db) => {
    const sums = await sumThings(db, ctx, [earlier, month]);
    // Who sees a part of an account's cost only cannot be told by what all of its use did.
    const models = visibility(ctx).all ? await sumModels(db, ctx, [earlier, month]) : [];
    const measured = measuring({ sums, models, things: await loadThings(db, ctx) });
    const lines: LineChange[] = [];
    for (const purpose of PURPOSES) {
      const line = await lineChange(db, ctx, { purpose, month, earlier, currency, measured });
      if (line) lines.push(line);
    }
    return { month, earlier, currency, complete: month < monthOf(utcDateOf(ctx.now)), lines };
  });
}

type Line = {
  readonly purpose: Purpose;
  readonly month: Month;
  readonly earlier: Month;
  readonly currency: string;
  readonly measured: Measured;
};

async function lineChange(db: Db, ctx: Ctx, line: Line): Promise<LineChange | null> {
  const { purpose, month, earlier, currency, measured } = line;
  const own = measured.sums.filter((sum) => sum.purpose === purpose);
  if (own.length === 0 && purpose === "unclassified") return null;
  const before = partsOf(
    own.filter((sum) => sum.month === earlier),
    measured,
  );
  const after = partsOf(
    own.filter((sum) => sum.month === month),
    measured,
  );
  const byKey = new Map(own.map((sum) => [thingKey(sum), sum]));
  const rows: ChangeRow[] = [];
  for (const { key, effects } of explainChanges(before, after)) {
    const sum = byKey.get(key);
    if (!sum) continue;
    const parts = { before: before.get(key) ?? null, after: after.get(key) ?? null };
    rows.push(await changeRow(db, ctx, { ...line, sum, effects, ...parts }));
  }
  rows.sort((a, b) => Math.abs(b.difference.minor) - Math.abs(a.difference.minor));
  const [beforeMinor, afterMinor] = [totalOf(before), totalOf(after)];
  return {
    purpose,
    before: money(beforeMinor, currency),
    after: money(afterMinor, currency),
    difference: money(afterMinor - beforeMinor, currency),
    text: lineText(afterMinor - beforeMinor, rows, line),
    rows,
  };
}

const totalOf = (parts: ReadonlyMap<string, CostPart>): number =>
  [...parts.values()].reduce((sum, { baseCostMinor }) => sum + baseCostMinor, 0);

/** The line in one sentence: how far, and the reason that did most in that direction. */
function lineText(minor: number, rows: readonly ChangeRow[], { purpose, currency, earlier }: Line): string {
  const how = `${PURPOSE_NAMES[purpose]} ${differenceText(minor, { currency, earlier }, LOCALE)}`;
  const [most] = rows
    .flatMap(({ name, effects }) => effects.map((effect) => ({ name, ...effect })))
    .filter(({ amount }) => minor !== 0 && amount.minor > 0 === minor > 0)
    .sort((a, b) => Math.abs(b.amount.minor) - Math.abs(a.amount.minor));
  return most ? `${how}. ${most.name}: ${most.text}.` : `${how}.`;
}

type Row = Line & {
  readonly sum: ThingSum;
  readonly effects: readonly Effect[];
  readonly before: CostPart | null;
  readonly after: CostPart | null;
};

async function changeRow(db: Db, ctx: Ctx, row: Row): Promise<ChangeRow> {
  const { sum, effects, before, after, currency, measured } = row;
  const { names } = measured.things;
  const named = (id: string | null) => (id === null ? null : (names.get(id) ?? { id, name: id }));
  const model = effects.some(({ kind }) => kind === "mix") ? await modelOf(db, ctx, row) : null;
  const minor = (part: CostPart | null) => part?.baseCostMinor ?? 0;
  return {
    subscription: named(sum.subscriptionId),
    plan: named(sum.planId),
    apiAccount: named(sum.apiAccountId),
    product: named(sum.productId),
    serviceProvider: named(sum.serviceProviderId) ?? { id: sum.serviceProviderId, name: "" },
    chargeCategory: sum.chargeCategory,
    correction: sum.correction,
    name: nameOf(sum, measured.things),
    before: money(minor(before), currency),
    after: money(minor(after), currency),
    difference: money(minor(after) - minor(before), currency),
    effects: effects.map((effect) => ({
      kind: effect.kind,
      amount: money(effect.baseCostMinor, currency),
      text: effectText(effect, { before, after, model }),
    })),
  };
}

async function modelOf(
  db: Db,
  ctx: Ctx,
  { sum, before, after, month, measured }: Row,
): Promise<ChangedModel | null> {
  const model = grownModel(before?.measure ?? null, after?.measure ?? null);
  if (!model || sum.apiAccountId === null) return null;
  const asked = { apiAccountIds: below(sum.apiAccountId, measured.things), month, model: model.name };
  return { ...model, since: model.beforePercent === 0 ? await findFirstDay(db, ctx, asked) : null };
}

/** An account and all below it. */
function below(id: string, things: ThingNames): string[] {
  const children = [...things.parents].filter(([, parent]) => parent === id).map(([child]) => child);
  return [id, ...children.flatMap((child) => below(child, things))];
}

/** What a person would call it: the product that runs on it, else the contract; with what of it is no use and no seat. */
function nameOf(sum: ThingSum, { names }: ThingNames): string {
  const name = (id: string | null) => (id === null ? undefined : names.get(id)?.name);
  const of =
    name(sum.productId) ??
    name(sum.subscriptionId) ??
    name(sum.apiAccountId) ??
    name(sum.serviceProviderId) ??
    "";
  const plan = name(sum.productId) ? undefined : name(sum.planId);
  const kind =
    sum.chargeCategory === "usage" || sum.chargeCategory === "purchase"
      ? ""
      : `, ${CHARGE_CATEGORY_NAMES[sum.chargeCategory].toLowerCase()}`;
  return `${of}${plan && plan !== of ? ` (${plan})` : ""}${kind}`;
}
