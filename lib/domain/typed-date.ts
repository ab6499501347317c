import { addDays, type CalendarDate, dayNumber, isCalendarDate } from "./calendar-date";
import { MONTH_NAMES } from "./date-text";
import { isMonth, type Month, monthOf, shiftMonth } from "./month";
import { settle, type Typed } from "./typed-input";

const NEAR_DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, now: 0, tomorrow: 1 };
const NEAR_MONTHS: Readonly<Record<string, number>> = {
  last: -1,
  previous: -1,
  this: 0,
  current: 0,
  now: 0,
  next: 1,
};

const ASK = "This can be read in two ways. Which is it?";
const NO_DATE = "Type a date, like 15 Oct 2026 or 2026-10-15.";
const NO_MONTH = "Type a month, like Oct 2026 or 2026-10.";

/**
 * Reads a day as people type it: `15 oct`, `Oct 15, 2026`, `2026-10-15`, `15.10.2026`, `today`.
 *
 * Without a year it is the one nearest to today. Dots put the day first, as everyone does who writes dots; with
 * slashes or dashes habits differ, so `01/02/2026` comes back as two choices.
 */
export function parseTypedDate(text: string, today: CalendarDate): Typed<CalendarDate> {
  const plain = plainText(text);
  const near = NEAR_DAYS[plain];
  if (near !== undefined) return { value: addDays(today, near) };

  const iso = /^(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})$/.exec(plain);
  if (iso && (iso[2] !== "" || plain.length === 8)) {
    return settle(datesOf({ year: iso[1], month: iso[3], day: iso[4] }, today), ASK, noSuch(text));
  }
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2})?)?$/.exec(plain);
  if (numeric) {
    const [, first, sign, second, year] = numeric;
    const dayFirst = datesOf({ year, month: second, day: first }, today);
    const monthFirst = sign === "." ? [] : datesOf({ year, month: first, day: second }, today);
    return settle([...dayFirst, ...monthFirst], ASK, noSuch(text));
  }
  const named = namedParts(plain);
  if (!named?.month || named.numbers.length === 0) return { reason: NO_DATE, choices: [] };
  const year = named.numbers.find((number) => number.length === 4) ?? named.numbers[1];
  const day = named.numbers.find((number) => number !== year);
  return settle(
    datesOf({ year, month: named.month, day }, today),
    ASK,
    day === undefined ? NO_DATE : noSuch(text),
  );
}

/**
 * Reads a month as people type it: `oct`, `October 2026`, `oct 26`, `2026-10`, `10/2026`, `10`, `next month`.
 * Without a year it is the one nearest to today; exactly half a year away, both are offered.
 */
export function parseTypedMonth(text: string, today: CalendarDate): Typed<Month> {
  const plain = plainText(text);
  const near = NEAR_MONTHS[plain.replace(/ month$/, "")];
  if (near !== undefined) return { value: shiftMonth(monthOf(today), near) };

  const yearFirst = /^(\d{4})[-/. ]?(\d{2})$|^(\d{4})[-/. ](\d)$/.exec(plain);
  if (yearFirst) {
    return settle(monthsOf(yearFirst[1] ?? yearFirst[3], yearFirst[2] ?? yearFirst[4], today), ASK, NO_MONTH);
  }
  const monthFirst = /^(\d{1,2})(?:[-/. ](\d{4}|\d{2}))?$/.exec(plain);
  if (monthFirst) {
    const [, month, year] = monthFirst;
    if (year !== undefined && Number(year) <= 12) {
      return { reason: `Write the year in full, like ${month}/20${year}.`, choices: [] };
    }
    return settle(monthsOf(year, month, today), ASK, NO_MONTH);
  }
  const named = namedParts(plain);
  if (!named?.month || named.numbers.length > 1) return { reason: NO_MONTH, choices: [] };
  if (named.numbers[0] !== undefined && named.numbers[0].length < 4 && !named.monthFirst) {
    return { reason: "This is a month, without a day: like Oct 2026.", choices: [] };
  }
  return settle(monthsOf(named.numbers[0], named.month, today), ASK, NO_MONTH);
}

type DateParts = {
  readonly year?: string | undefined;
  readonly month?: string | undefined;
  readonly day?: string | undefined;
};

function datesOf({ year, month, day }: DateParts, today: CalendarDate): CalendarDate[] {
  if (month === undefined || day === undefined) return [];
  const inYear = (full: number) => `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (year !== undefined) return [inYear(fullYear(year))].filter(isCalendarDate);
  const dates = yearsAround(today).map(inYear).filter(isCalendarDate);
  return nearest(dates, (date) => dayNumber(date) - dayNumber(today));
}

function monthsOf(year: string | undefined, month: string | undefined, today: CalendarDate): Month[] {
  if (month === undefined) return [];
  const inYear = (full: number) => `${full}-${month.padStart(2, "0")}`;
  if (year !== undefined) return [inYear(fullYear(year))].filter(isMonth);
  return nearest(
    yearsAround(today).map(inYear).filter(isMonth),
    (found) => monthIndex(found) - monthIndex(today),
  );
}

/** The candidates that are least far away: one, or two on a tie. */
function nearest<Value>(candidates: readonly Value[], distance: (candidate: Value) => number): Value[] {
  const least = Math.min(...candidates.map((candidate) => Math.abs(distance(candidate))));
  return candidates.filter((candidate) => Math.abs(distance(candidate)) === least);
}

function yearsAround(today: CalendarDate): number[] {
  const year = Number(today.slice(0, 4));
  return [year - 1, year, year + 1];
}

function monthIndex(date: CalendarDate | Month): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

function fullYear(year: string): number {
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

type NamedParts = {
  /** The month's number, when a word names one. */
  readonly month: string;
  readonly numbers: readonly string[];
  /** Whether the name comes before every number. */
  readonly monthFirst: boolean;
};

/** The pieces of a date with its month in letters; null when it holds anything else. */
function namedParts(plain: string): NamedParts | null {
  const words = plain.split(/[\s./'’-]+/).filter((word) => word !== "" && word !== "of" && word !== "the");
  const names = words.filter((word) => /^\p{L}+$/u.test(word));
  const numbers = words
    .filter((word) => !names.includes(word))
    .map((word) => word.replace(/(st|nd|rd|th)$/, ""));
  const index = MONTH_NAMES.findIndex(
    (name) => (names[0]?.length ?? 0) >= 3 && name.toLowerCase().startsWith(names[0] ?? ""),
  );
  if (names.length !== 1 || index < 0 || numbers.length > 2) return null;
  if (!numbers.every((number) => /^(\d{1,2}|\d{4})$/.test(number))) return null;
  return { month: String(index + 1), numbers, monthFirst: words[0] === names[0] };
}

function plainText(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/,/g, " ").replace(/\s+/g, " ").trim();
}

function noSuch(text: string): string {
  return `${text.trim()} is not a day between 2000 and 2100.`;
}
