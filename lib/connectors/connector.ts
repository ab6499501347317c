import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import type { ChargeCategory } from "@/lib/domain/facts";
import type { DateOrder, DecimalSign, FileFormat } from "@/lib/domain/file-format";
import type { Period } from "@/lib/domain/period";
import type { ExternalIdentity, UsageFact } from "@/lib/domain/usage";

/** A person, and perhaps the seat that they hold, as a file names them. */
export type PersonFact = {
  readonly kind: "person";
  readonly line: number;
  readonly name: string;
  readonly email: string | null;
  readonly team: string | null;
  readonly startsOn: CalendarDate | null;
  readonly subscription: string | null;
  readonly plan: string | null;
  readonly seatStartsOn: CalendarDate | null;
  readonly seatEndsOn: CalendarDate | null;
};

/** One line of an invoice; lines of the same provider and number are one invoice. Amounts as exact decimals. */
export type InvoiceLineFact = {
  readonly kind: "invoice_line";
  readonly line: number;
  readonly serviceProvider: string;
  readonly number: string;
  readonly issueDate: CalendarDate;
  readonly dueDate: CalendarDate | null;
  readonly currency: Currency | null;
  readonly chargeCategory: ChargeCategory;
  readonly description: string;
  readonly chargePeriod: Period | null;
  readonly quantity: string | null;
  readonly unitPrice: string | null;
  /** A plain decimal with a point, in the invoice's currency. */
  readonly billedCost: string;
  /** Tax on this line that the file states beside it, as a plain decimal. */
  readonly tax: string | null;
  /** A subscription, plan or API account by name. */
  readonly subscription: string | null;
  readonly plan: string | null;
  readonly apiAccount: string | null;
};

/** What one record of a file says. */
export type Fact = UsageFact | PersonFact | InvoiceLineFact;

/** A record that cannot be taken, and what to do about it. */
export type RowError = {
  /** Counted from 1, the header included. */
  readonly line: number;
  /** The column's name as the file writes it; null where the whole record is at fault. */
  readonly column: string | null;
  /** One sentence that says what is wrong and what to do. */
  readonly message: string;
};

/** How a file writes what several people would write differently; null: not settled. */
export type FileStyle = { readonly dateOrder: DateOrder | null; readonly decimalSign: DecimalSign | null };

/** What the person who imports adds to what the file says. */
export type ReadOptions = {
  readonly fileName: string;
  readonly style: FileStyle;
  /** Whose use a file is that does not say so: logs and reports of one person's machine. */
  readonly owner: ExternalIdentity | null;
};

/** What a file was recognised as, by its header or its first record. */
export type Recognised = {
  readonly format: FileFormat;
  /** Which of the shapes that the format had over time. */
  readonly version: string;
  /** The provider that the figures come from; null where the rows say it or it does not matter. */
  readonly serviceProvider: string | null;
  /** Columns that hold dates and amounts in a style that is not fixed by the format. */
  readonly dateColumns: readonly string[];
  readonly amountColumns: readonly string[];
};

/** A record of a CSV file, by its columns. Reading a column that is missing gives null. */
export type CsvRecord = {
  readonly line: number;
  /** The cell, trimmed; null when it is empty, `NULL`, or the file has no such column. */
  text(column: string): string | null;
};

/** One CSV format with all its versions: pure, without streams. */
export type CsvConnector = {
  /**
   * @param header column names as the file has them, trimmed
   * @returns null when the file is not of this format
   */
  recognise(header: readonly string[], fileName: string): Recognised | null;
  /**
   * Made once for each file.
   *
   * @returns what turns a record into facts; it throws `RowProblem` for a record that cannot be taken
   * @throws FileProblem when the file's name or options do not suffice
   */
  open(recognised: Recognised, options: ReadOptions): (record: CsvRecord) => readonly Fact[];
};

/** Thrown for one record: what is wrong in which column. */
export class RowProblem extends Error {
  constructor(
    readonly column: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** Thrown for the file as a whole: it cannot be read any further. */
export class FileProblem extends Error {
  constructor(
    message: string,
    readonly line: number | null = null,
    readonly column: string | null = null,
  ) {
    super(message);
  }
}
