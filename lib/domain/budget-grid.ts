import type { YearAmounts } from "./budget-plan";

/** A place in a grid of rows and columns, counted from 0. */
export type GridPlace = { readonly row: number; readonly column: number };

/** A rectangle of cells: the one where selecting began, and the one where it ended. */
export type GridSelection = { readonly anchor: GridPlace; readonly focus: GridPlace };

export type GridSize = { readonly rows: number; readonly columns: number };

type Block = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };

/** The selection's corners, whichever way it was drawn. */
export function blockOf({ anchor, focus }: GridSelection): Block {
  return {
    top: Math.min(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    bottom: Math.max(anchor.row, focus.row),
    right: Math.max(anchor.column, focus.column),
  };
}

export function isInside(selection: GridSelection, { row, column }: GridPlace): boolean {
  const { top, left, bottom, right } = blockOf(selection);
  return top <= row && row <= bottom && left <= column && column <= right;
}

/** One cell only. */
export const at = (place: GridPlace): GridSelection => ({ anchor: place, focus: place });

/** The nearest place inside the grid. */
export function within({ row, column }: GridPlace, { rows, columns }: GridSize): GridPlace {
  const inside = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  return { row: inside(row, rows), column: inside(column, columns) };
}

/** Ways to go by keyboard, as the browser names the keys. */
export type GridKey =
  | "ArrowUp"
  | "ArrowDown"
  | "ArrowLeft"
  | "ArrowRight"
  | "Home"
  | "End"
  | "PageUp"
  | "PageDown";

const PAGE_ROWS = 10;

/**
 * Where a key leads. With `far` (Ctrl or Cmd), to the edge of the grid.
 *
 * @returns null for a key that leads nowhere
 */
export function moved(place: GridPlace, key: string, size: GridSize, far = false): GridPlace | null {
  const steps: Readonly<Record<GridKey, GridPlace>> = {
    ArrowUp: { row: far ? -size.rows : -1, column: 0 },
    ArrowDown: { row: far ? size.rows : 1, column: 0 },
    ArrowLeft: { row: 0, column: far ? -size.columns : -1 },
    ArrowRight: { row: 0, column: far ? size.columns : 1 },
    Home: { row: far ? -size.rows : 0, column: -size.columns },
    End: { row: far ? size.rows : 0, column: size.columns },
    PageUp: { row: -PAGE_ROWS, column: 0 },
    PageDown: { row: PAGE_ROWS, column: 0 },
  };
  const step = Object.hasOwn(steps, key) ? steps[key as GridKey] : null;
  return step && within({ row: place.row + step.row, column: place.column + step.column }, size);
}

/** The next cell in reading order; null past the last one, so that Tab leaves the grid. */
export function next(
  { row, column }: GridPlace,
  { rows, columns }: GridSize,
  back = false,
): GridPlace | null {
  const index = row * columns + column + (back ? -1 : 1);
  if (index < 0 || index >= rows * columns) return null;
  return { row: Math.floor(index / columns), column: index % columns };
}

/**
 * A block copied from a spreadsheet: a line a row, a tab between cells. A cell in quotes may hold tabs and line breaks,
 * which become spaces. The line break at the end is no row of its own.
 */
export function pastedBlock(text: string): string[][] {
  const rows: string[][] = [];
  const cells = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/gy;
  let row: string[] = [];
  while (cells.lastIndex < text.length || row.length > 0) {
    const [, cell = "", end = ""] = cells.exec(text) ?? [];
    row.push(plain(cell));
    if (end === "\t") continue;
    rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}

const plain = (cell: string): string =>
  (/^"(?:[^"]|"")*"$/.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    .replace(/\s+/g, " ")
    .trim();

/** A text for a place of the grid. */
export type PastedCell = GridPlace & { readonly text: string };

/**
 * Where the cells of a pasted block go: from the selection's top left corner on. One cell alone fills the whole
 * selection, and a row fills each selected row. What would fall beyond the grid is left out and counted.
 */
export function placed(
  block: readonly (readonly string[])[],
  selection: GridSelection,
  size: GridSize,
): { readonly cells: readonly PastedCell[]; readonly outside: number } {
  const { top, left, bottom, right } = blockOf(selection);
  const height = block.length === 1 ? Math.max(1, bottom - top + 1) : block.length;
  const cells: PastedCell[] = [];
  let outside = 0;
  for (let down = 0; down < height; down++) {
    const line = block[block.length === 1 ? 0 : down] ?? [];
    const width = line.length === 1 && block.length === 1 ? Math.max(1, right - left + 1) : line.length;
    for (let across = 0; across < width; across++) {
      const place = { row: top + down, column: left + across };
      if (place.row >= size.rows || place.column >= size.columns) outside++;
      else cells.push({ ...place, text: line[width > line.length ? 0 : across] ?? "" });
    }
  }
  return { cells, outside };
}

/** Amounts of the grid by row, in the order in which the rows stand. */
export type GridAmounts = readonly YearAmounts[];

/** A cell and what it becomes. */
export type CellChange = GridPlace & { readonly amountMinor: number | null };

/** The first selected cell of each row into the ones at its right. */
export function filledRight(amounts: GridAmounts, selection: GridSelection): CellChange[] {
  const { top, left, bottom, right } = blockOf(selection);
  return cellsOf({ top, left: left + 1, bottom, right }).map((place) => ({
    ...place,
    amountMinor: amounts[place.row]?.[left] ?? null,
  }));
}

/** Every cell of the selection, in reading order. */
export function selected(selection: GridSelection): GridPlace[] {
  return cellsOf(blockOf(selection));
}

function cellsOf({ top, left, bottom, right }: Block): GridPlace[] {
  const places: GridPlace[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) places.push({ row, column });
  return places;
}

/** The grid with some cells changed; rows that stay the same stay the same object. */
export function changed(amounts: GridAmounts, changes: readonly CellChange[]): GridAmounts {
  const byRow = Map.groupBy(changes, ({ row }) => row);
  return amounts.map((row, index) => {
    const own = byRow.get(index);
    if (!own) return row;
    const copy = [...row];
    for (const { column, amountMinor } of own) copy[column] = amountMinor;
    return copy;
  });
}
