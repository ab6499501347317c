import "server-only";

import { Readable } from "node:stream";

import { authorize, type Ctx } from "@/lib/auth/ctx";
import { gridFileText, readGridFile } from "@/lib/budgets/file";
import { changeGrid, readGrid } from "@/lib/budgets/grid";
import { findNames } from "@/lib/budgets/grid-data";
import type { GridChangeResult, GridFileChange } from "@/lib/budgets/schema";
import { getVersion } from "@/lib/budgets/versions-data";
import type { RowError } from "@/lib/connectors/connector";
import { read } from "@/lib/db/client";
import { monthsOfYear } from "@/lib/domain/budget-plan";
import { DomainError } from "@/lib/domain/errors";

/** A year's grid as a CSV file, which comes back in by `changeGridByFile`. */
export async function exportGrid(
  ctx: Ctx,
  input: { versionId: string },
): Promise<{ readonly fileName: string; readonly rows: Readable }> {
  authorize(ctx, "budget:read");
  const grid = await readGrid(ctx, input);
  return {
    fileName: `budget-${grid.version.fiscalYear}.csv`,
    rows: Readable.from(Buffer.from(gridFileText(grid))),
  };
}

/**
 * Plans what a file says, all of it or nothing; rows that it does not have stay.
 *
 * @throws DomainError `invalid_input`, with a field for each cell that cannot be taken
 */
export async function changeGridByFile(
  ctx: Ctx,
  { text, ...input }: GridFileChange,
): Promise<GridChangeResult> {
  authorize(ctx, "budget:write");
  const known = await read(ctx, async (db) => {
    const { fiscalYear } = await getVersion(db, ctx, input.versionId);
    return {
      ...(await findNames(db, ctx)),
      months: monthsOfYear(fiscalYear),
      currency: ctx.organization.baseCurrency,
    };
  });
  const { rows, errors } = await readGridFile(text, known);
  if (errors.length > 0) throw refusal(errors);
  return await changeGrid(ctx, { ...input, rows: [...rows] });
}

const ERRORS_MAX = 100;

function refusal(errors: readonly RowError[]): DomainError {
  const fields = errors
    .toSorted((a, b) => a.line - b.line)
    .slice(0, ERRORS_MAX)
    .map(({ line, column, message }) => [`text.${line}${column === null ? "" : `.${column}`}`, message]);
  const lines = new Set(errors.map(({ line }) => line)).size;
  return new DomainError(
    "invalid_input",
    `${lines === 1 ? "A line" : `${lines} lines`} of the file cannot be taken, so nothing was changed.`,
    { fields: Object.fromEntries(fields) },
  );
}
