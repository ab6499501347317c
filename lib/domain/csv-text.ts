/** Where the decimals of a file are a comma, its columns are divided by semicolons. */
export const CSV_DECIMALS = ["point", "comma"] as const;
export type CsvDecimal = (typeof CSV_DECIMALS)[number];

/** Lines of cells as a CSV file (RFC 4180); names in it open no formula in a spreadsheet. */
export function csvText(lines: readonly (readonly string[])[], decimal: CsvDecimal = "point"): string {
  const delimiter = decimal === "comma" ? ";" : ",";
  return lines.map((cells) => `${cells.map(quoted).join(delimiter)}\r\n`).join("");
}

/** A name on one line, with an apostrophe before what a spreadsheet would take for a formula. */
export function csvName(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, " ");
  return /^[\s"']*[=+\-@\t＝＋－＠]/.test(oneLine) ? `'${oneLine}` : oneLine;
}

const quoted = (cell: string): string => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
