import type { CalendarDate } from "@/lib/domain/calendar-date";
import { type Currency, isCurrency } from "@/lib/domain/currency";
import { isRateText } from "@/lib/domain/exchange-rate";

import { day, requiredText, shown } from "./cells";
import { type CsvRecord, FileProblem, type RowError, RowProblem } from "./connector";
import { readCsv } from "./csv";

/** What one euro bought on a day, as decimal text by currency. */
export type EcbDay = { readonly date: CalendarDate; readonly perEuro: ReadonlyMap<Currency, string> };

export type EcbRates = {
  /** As the file orders them, the newest first. */
  readonly days: readonly EcbDay[];
  /** What of the currencies that were asked for the file has a column of; the euro always. */
  readonly published: ReadonlySet<Currency>;
  readonly errors: readonly RowError[];
};

/** Before the books can begin. */
const TOO_EARLY = /^19\d\d-/;

/**
 * The historical reference rates of the European Central Bank (`eurofxref-hist.csv`): a row for each working day, a
 * column for each currency, in units of it for one euro, `N/A` where there was none.
 *
 * @param currencies the ones to take
 * @throws FileProblem when it is another file
 */
export async function readEcbRates(
  bytes: AsyncIterable<Uint8Array>,
  currencies: ReadonlySet<Currency>,
): Promise<EcbRates> {
  const days: EcbDay[] = [];
  const errors: RowError[] = [];
  const published = new Set<Currency>(["EUR"]);
  const open = (header: readonly string[]) => {
    const columns = header.filter((name) => name !== "Date" && name !== "");
    if (header[0] !== "Date" || columns.length === 0 || !columns.every((name) => /^[A-Z]{3}$/.test(name))) {
      throw new FileProblem(
        "This is not the file of the European Central Bank. Choose eurofxref-hist.csv, as it comes.",
        1,
      );
    }
    const wanted = columns.filter((name) => isCurrency(name) && currencies.has(name));
    for (const name of wanted) published.add(name);
    return (record: CsvRecord) => {
      if (!TOO_EARLY.test(record.text("Date") ?? "")) days.push(dayOf(record, wanted));
      return [];
    };
  };
  for await (const batch of readCsv(bytes, open)) errors.push(...batch.errors);
  return { days, published, errors };
}

function dayOf(record: CsvRecord, columns: readonly Currency[]): EcbDay {
  const perEuro = new Map<Currency, string>([["EUR", "1"]]);
  for (const column of columns) {
    const text = requiredText(record, column);
    if (text === "N/A") continue;
    if (!isRateText(text))
      throw new RowProblem(column, `"${shown(text)}" is not a rate. Take the file as it comes.`);
    perEuro.set(column, text);
  }
  return { date: day(record, "Date"), perEuro };
}
