import type { CalendarDate } from "./calendar-date";

/** What the archive is called. */
export const exportFileName = (organization: string, date: CalendarDate): string =>
  `${[wordsOf(organization), date].filter((part) => part !== "").join("-")}.zip`;

/** The file of a table's rows; the number of the part only where there are several. */
export const partName = (table: string, part: number): string =>
  `${table}${part === 1 ? "" : `-${part}`}.ndjson`;

/**
 * Where an attached file lies in the archive. People named it: nothing in it may lead to another folder, be hidden, or mean
 * something to a program that unpacks it.
 */
export function attachedName(id: string, fileName: string): string {
  const plain = fileName.replace(/[^\p{L}\p{N} ._()-]/gu, "_").replace(/^[. ]+|[. ]+$/g, "");
  return `attachments/${id}/${plain === "" ? "file" : plain}`;
}

const wordsOf = (text: string): string => (text.match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
