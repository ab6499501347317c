import { invariant } from "./errors";

/**
 * A day of the Gregorian calendar as `2026-03-15`, without a time zone. Text compares in time order, so `<` and
 * `localeCompare` work on it.
 */
export type CalendarDate = string;

/** The days that the books know: 2000-01-01 to 2100-12-31. */
export const DATE_MIN: CalendarDate = "2000-01-01";
export const DATE_MAX: CalendarDate = "2100-12-31";

/** Whether `text` is a day that exists, between 2000 and 2100. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < DATE_MIN || text > DATE_MAX) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Days since 1970-01-01; the difference of two is the number of days between them. */
export function dayNumber(date: CalendarDate): number {
  const [month, day] = [digits(date, 5, 7), digits(date, 8, 10)];
  const number = dayNumberOf(digits(date, 0, 4), month, day);
  const known = date.length === 10 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  invariant(known && Number.isSafeInteger(number), `"${date}" is a calendar date`);
  return number;
}

/** The inverse of `dayNumber`. */
export function dateOfDayNumber(day: number): CalendarDate {
  const sinceZero = day + DAYS_FROM_ZERO;
  const era = Math.floor(sinceZero / DAYS_PER_ERA);
  const ofEra = sinceZero - era * DAYS_PER_ERA;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const sinceMarch = Math.floor((5 * ofYear + 2) / 153);
  const dayOfMonth = ofYear - Math.floor((153 * sinceMarch + 2) / 5) + 1;
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year < 1_000 ? String(year).padStart(4, "0") : year}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

// Days are counted with whole numbers alone, because posting a month of many seats counts millions of them: a year
// that begins in March has its leap day at the end, and the calendar repeats after an era of 400 years.
const DAYS_PER_ERA = 146_097;
/** From 1 March of the year 0 to 1970-01-01. */
const DAYS_FROM_ZERO = 719_468;

function dayNumberOf(year: number, month: number, day: number): number {
  const fromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const ofEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + ofYear;
  return era * DAYS_PER_ERA + ofEra - DAYS_FROM_ZERO;
}

/** The whole number that these digits write; NaN when there are others. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let index = start; index < end; index++) {
    const digit = text.charCodeAt(index) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

const twoDigits = (number: number): string => (number < 10 ? `0${number}` : String(number));

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/**
 * The same day of the month `months` later, or that month's last day when it is shorter: 31 January plus one month
 * is 28 or 29 February, plus two is 31 March (so always count from the anchor, never from the last result).
 */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(Number(date.slice(8, 10)), lastDay);
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The calendar day of an instant in UTC, as the providers count. */
export function utcDateOf(instant: Date): CalendarDate {
  return instant.toISOString().slice(0, 10);
}
