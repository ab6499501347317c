import "server-only";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { FileProblem, type RowError } from "@/lib/connectors/connector";
import { type EcbRates, readEcbRates } from "@/lib/connectors/ecb-rates";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, writeLong } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { crossRate } from "@/lib/domain/exchange-rate";
import { repost } from "@/lib/ledger/repost";
import { findForeign, findRateDays, insertRates } from "@/lib/rates/data";
import type { EcbInput, EcbResult, Rate } from "@/lib/rates/schema";

export const ECB_SOURCE = "European Central Bank";

type NewRate = Omit<Rate, "id" | "version">;
type Plan = { readonly rates: readonly NewRate[]; readonly result: Omit<EcbResult, "committed"> };

/**
 * Takes the file of the European Central Bank, or says what it would bring: the pairs that the books need, from the
 * first day on which they can. A day that has a rate keeps it, so that nothing that a person entered is overwritten and
 * the same file once more changes nothing.
 *
 * @throws DomainError `invalid_input`, when it is another file, or with a field for each cell that cannot be read
 */
export async function importEcbRates(
  asking: Ctx,
  { mode, currency, closedMonths }: EcbInput,
  content: Uint8Array,
): Promise<EcbResult> {
  authorize(asking, "rate:write");
  const ctx = { ...asking, ...(closedMonths && { closedMonths }) };
  const { baseCurrency } = ctx.organization;
  const needed = async (db: Db) => {
    const { currencies, firstDay } = await findForeign(db, ctx);
    const also = currency && currency !== baseCurrency ? [currency] : [];
    return { wanted: [...new Set([...currencies, ...also])].sort(), firstDay };
  };
  const { wanted } = await read(ctx, needed);
  const file = await readFile(content, new Set([...wanted, baseCurrency]));

  const planned = async (db: Db): Promise<Plan> => {
    const known = await findRateDays(db, ctx, wanted);
    return planRates(file, { wanted, known, baseCurrency, firstDay: (await needed(db)).firstDay });
  };
  if (mode === "preview") return { committed: false, ...(await read(ctx, planned)).result };
  return await writeLong(ctx, async (db) => {
    const { rates, result } = await planned(db);
    if (rates.length === 0) return { committed: true, ...result };
    await insertRates(db, ctx, rates);
    await repost(db, ctx, { rates });
    await recordAudit(db, ctx, {
      action: "exchange_rate.import",
      targetType: "organization",
      targetId: ctx.organization.id,
      after: { source: ECB_SOURCE, pairs: result.pairs },
    });
    return { committed: true, ...result };
  });
}

async function readFile(content: Uint8Array, currencies: ReadonlySet<string>): Promise<EcbRates> {
  const file = await readEcbRates(once(content), currencies).catch((error: unknown) => {
    if (!(error instanceof FileProblem)) throw error;
    throw new DomainError("invalid_input", error.message, { fields: { file: error.message } });
  });
  if (file.errors.length > 0) throw refusal(file.errors);
  return file;
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const ERRORS_MAX = 100;

function refusal(errors: readonly RowError[]): DomainError {
  const fields = errors
    .slice(0, ERRORS_MAX)
    .map(({ line, column, message }) => [`file.${line}${column === null ? "" : `.${column}`}`, message]);
  return new DomainError(
    "invalid_input",
    `${errors.length === 1 ? "A line" : `${errors.length} lines`} of the file cannot be read, so nothing was changed.`,
    { fields: Object.fromEntries(fields) },
  );
}

type Needs = {
  readonly wanted: readonly string[];
  readonly known: ReadonlyMap<string, ReadonlySet<CalendarDate>>;
  readonly baseCurrency: string;
  readonly firstDay: CalendarDate;
};

function planRates({ days, published }: EcbRates, { wanted, known, baseCurrency, firstDay }: Needs): Plan {
  const inTime = days.filter(({ date }) => date >= firstDay).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const usable = wanted.filter((code) => published.has(code) && published.has(baseCurrency));
  const plans = usable.map((from) => {
    const stated = inTime.flatMap(({ date, perEuro }): NewRate[] => {
      const [one, other] = [perEuro.get(from), perEuro.get(baseCurrency)];
      const rate = one && other ? crossRate({ from: one, to: other }) : null;
      return rate === null ? [] : [{ date, from, to: baseCurrency, rate, source: ECB_SOURCE }];
    });
    const rates = stated.filter(({ date }) => !known.get(from)?.has(date));
    const pair = {
      from,
      to: baseCurrency,
      added: rates.length,
      kept: stated.length - rates.length,
      firstDay: rates[0]?.date ?? null,
      lastDay: rates.at(-1)?.date ?? null,
    };
    return { rates, pair };
  });
  return {
    rates: plans.flatMap(({ rates }) => rates),
    result: {
      pairs: plans.map(({ pair }) => pair),
      unpublished: [...wanted, baseCurrency].filter((code) => !published.has(code)),
    },
  };
}
