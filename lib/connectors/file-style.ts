import type { DateOrder, DecimalSign } from "@/lib/domain/file-format";

import { datePartsOf, plainDecimal } from "./cells";
import type { CsvRecord, FileStyle, Recognised } from "./connector";

/** What a file's dates and amounts leave open after all of them were seen. */
export type StyleFinding = FileStyle & { readonly ambiguous: "date_order" | "decimal_sign" | null };

/**
 * Finds in which order a file writes the parts of its dates, and which sign before its decimals, from all of its rows:
 * one date such as 25/12/2026 settles it for the file. What no row settles is ambiguous, if any row depends on it.
 */
export class StyleFinder {
  readonly #recognised: Pick<Recognised, "dateColumns" | "amountColumns">;
  #dayFirst = false;
  #monthFirst = false;
  #eitherOrder = false;
  #point = false;
  #comma = false;
  #eitherSign = false;

  constructor(recognised: Pick<Recognised, "dateColumns" | "amountColumns">) {
    this.#recognised = recognised;
  }

  see(record: CsvRecord): void {
    for (const column of this.#recognised.dateColumns) this.#seeDate(record.text(column));
    for (const column of this.#recognised.amountColumns) this.#seeAmount(record.text(column));
  }

  /** @param chosen what the person said, which settles it */
  finding({ dateOrder, decimalSign }: FileStyle): StyleFinding {
    const order = dateOrder ?? this.#order();
    const sign = decimalSign ?? this.#sign();
    const openOrder = order === null && (this.#eitherOrder || (this.#dayFirst && this.#monthFirst));
    const openSign = sign === null && (this.#eitherSign || (this.#point && this.#comma));
    return {
      dateOrder: order,
      decimalSign: sign,
      ambiguous: openOrder ? "date_order" : openSign ? "decimal_sign" : null,
    };
  }

  #order(): DateOrder | null {
    if (this.#dayFirst === this.#monthFirst) return null;
    return this.#dayFirst ? "day_month" : "month_day";
  }

  #sign(): DecimalSign | null {
    if (this.#point === this.#comma) return this.#point || this.#eitherSign ? null : "point";
    return this.#point ? "point" : "comma";
  }

  #seeDate(text: string | null): void {
    const parts = text === null ? null : datePartsOf(text);
    if (text === null || parts === null) return;
    // Whoever writes dots writes the day first.
    if (parts.first > 12 || text.includes(".")) this.#dayFirst = true;
    else if (parts.second > 12) this.#monthFirst = true;
    else if (parts.first !== parts.second) this.#eitherOrder = true;
  }

  #seeAmount(text: string | null): void {
    if (text === null) return;
    const [point, comma] = [plainDecimal(text, "point"), plainDecimal(text, "comma")];
    if (point === comma) return;
    if (comma === null) this.#point = true;
    else if (point === null) this.#comma = true;
    else if (/^\D*0/.test(text)) this.#seeFraction(text);
    else this.#eitherSign = true;
  }

  /** Nobody groups thousands after a zero: 0.125 is an eighth. */
  #seeFraction(text: string): void {
    if (text.includes(",")) this.#comma = true;
    else this.#point = true;
  }
}
