import "server-only";

import { Readable } from "node:stream";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import type { RowError } from "@/lib/connectors/connector";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { nanoPerTokenOf } from "@/lib/domain/model-price";
import { TOKEN_TYPES } from "@/lib/domain/usage";
import type { Page } from "@/lib/fields/schema";
import { repost } from "@/lib/ledger/repost";
import {
  findAllModelPrices,
  findModelPrices,
  findPriceId,
  findProviders,
  getModelPrice,
  insertModelPrices,
  type NewPrice,
  removeModelPrices,
} from "@/lib/model-prices/data";
import { keyOf, type PriceLine, priceFileText, readPriceFile } from "@/lib/model-prices/file";
import { priceUnknown } from "@/lib/model-prices/price-unknown";
import type {
  ModelPriceFileResult,
  ModelPriceFilter,
  ModelPriceInput,
  ModelPriceRow,
} from "@/lib/model-prices/schema";
import { daysOf, refreshRollups } from "@/lib/usage/rollup-data";

/** The dated prices of models' tokens, in the order of entry. */
export async function listModelPrices(ctx: Ctx, filter: ModelPriceFilter): Promise<Page<ModelPriceRow>> {
  authorize(ctx, "catalogue:read");
  return await read(ctx, (db) => findModelPrices(db, ctx, filter));
}

/**
 * A new price of a model from a day on. Use whose price was unknown is priced; what has a cost keeps it.
 *
 * @throws DomainError `name_taken`, when the model has a price from this day on
 */
export async function createModelPrice(ctx: Ctx, input: ModelPriceInput): Promise<ModelPriceRow> {
  authorize(ctx, "catalogue:write");
  const price = { ...input, asOf: utcDateOf(ctx.now) };
  return await write(ctx, async (db) => {
    const { serviceProviderId, model, serviceTier, startsOn } = price;
    const taken = await findPriceId(db, ctx, { serviceProviderId, model, serviceTier, startsOn });
    if (taken !== null) {
      const message = "There is already one from this day on.";
      throw new DomainError("name_taken", message, { fields: { startsOn: message }, conflictingId: taken });
    }
    const [id = ""] = await insertModelPrices(db, ctx, [price]);
    const after = await getModelPrice(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "model_price.create",
      targetType: "model_price",
      targetId: id,
      after,
    });
    await priceUse(db, ctx, [serviceProviderId]);
    return after;
  });
}

/** Every price as a CSV file, which comes back in by `replaceModelPrices`. */
export async function exportModelPrices(
  ctx: Ctx,
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "catalogue:read");
  const prices = await read(ctx, (db) => findAllModelPrices(db, ctx));
  return {
    fileName: `model-prices-${utcDateOf(ctx.now)}.csv`,
    rows: Readable.from(Buffer.from(priceFileText(prices))),
  };
}

/**
 * Takes a list of prices as a file, all of it or nothing: new prices are added, and prices that are not in force yet
 * replaced. A price that was in force stays what it was.
 *
 * @throws DomainError `invalid_input`, with a field for each line that cannot be taken
 */
export async function replaceModelPrices(
  ctx: Ctx,
  { text }: { text: string },
): Promise<ModelPriceFileResult> {
  authorize(ctx, "catalogue:write");
  return await write(ctx, async (db) => {
    const today = utcDateOf(ctx.now);
    const { lines, errors } = await readPriceFile(text, { providers: await findProviders(db, ctx), today });
    if (errors.length === 0 && lines.length === 0)
      throw refusal([{ line: 1, column: null, message: NO_LINES }]);
    const plan = planChange(lines, { today, known: await findAllModelPrices(db, ctx) });
    if (errors.length + plan.errors.length > 0) throw refusal([...errors, ...plan.errors]);

    const { added, replaced, unchanged } = plan;
    const changed = [...added, ...replaced.map(({ price }) => price)];
    await removeModelPrices(
      db,
      ctx,
      replaced.map(({ before }) => before.id),
    );
    await insertModelPrices(db, ctx, changed);
    const result = { added: added.length, replaced: replaced.length, unchanged };
    if (changed.length === 0) return result;
    await recordAudit(db, ctx, {
      action: "model_price.replace",
      targetType: "organization",
      targetId: ctx.organization.id,
      before: { prices: replaced.map(({ before }) => before) },
      after: { prices: changed },
    });
    await priceUse(db, ctx, [...new Set(changed.map(({ serviceProviderId }) => serviceProviderId))]);
    return result;
  });
}

const NO_LINES = "There is no price under the header. Paste the whole list.";

type Replacement = { readonly before: ModelPriceRow; readonly price: NewPrice };
type Plan = {
  readonly added: readonly NewPrice[];
  readonly replaced: readonly Replacement[];
  readonly unchanged: number;
  readonly errors: readonly RowError[];
};

function planChange(
  lines: readonly PriceLine[],
  { today, known }: { readonly today: string; readonly known: readonly ModelPriceRow[] },
): Plan {
  const byKey = new Map(
    known.map((price) => [keyOf({ ...price, serviceProviderId: price.serviceProvider.id }), price]),
  );
  const added: NewPrice[] = [];
  const replaced: Replacement[] = [];
  const errors: RowError[] = [];
  let unchanged = 0;
  for (const { line, price } of lines) {
    const before = byKey.get(keyOf(price));
    if (!before) added.push(price);
    else if (isSame(before, price)) unchanged++;
    else if (price.startsOn > today) replaced.push({ before, price: { ...price, id: before.id } });
    else errors.push({ line, column: "starts_on", message: IN_FORCE });
  }
  return { added, replaced, unchanged, errors };
}

const IN_FORCE = "A price that was in force is not changed; add one from a later day.";

const isSame = (before: ModelPriceRow, after: NewPrice): boolean =>
  before.currency === after.currency &&
  TOKEN_TYPES.every(
    (type) => nanoPerTokenOf(before.perMillion[type]) === nanoPerTokenOf(after.perMillion[type]),
  );

const ERRORS_MAX = 100;

function refusal(errors: readonly RowError[]): DomainError {
  const inOrder = [...errors].sort((a, b) => a.line - b.line);
  const fields = inOrder
    .slice(0, ERRORS_MAX)
    .map(({ line, column, message }) => [`text.${line}${column === null ? "" : `.${column}`}`, message]);
  const lines = new Set(errors.map(({ line }) => line)).size;
  return new DomainError(
    "invalid_input",
    `${lines === 1 ? "A line" : `${lines} lines`} of the list cannot be taken, so nothing was changed.`,
    { fields: Object.fromEntries(fields) },
  );
}

/** Prices the use whose price was unknown, counts it anew and posts it. */
async function priceUse(db: Db, ctx: Ctx, serviceProviderIds: readonly string[]): Promise<void> {
  for (const serviceProviderId of serviceProviderIds) {
    const changed = await priceUnknown(db, ctx, serviceProviderId);
    if (!changed) continue;
    await refreshRollups(db, ctx, changed);
    await repost(db, ctx, { usage: [{ serviceProviderId, days: daysOf(changed) }] });
  }
}
