import type { RowError } from "@/lib/connectors/connector";
import type { MembershipDays } from "@/lib/imports/people-data";

/** Something that an import put into the books. */
export type Created = {
  readonly kind: "member" | "team_membership" | "assignment" | "invoice";
  readonly id: string;
  /** Of a membership: those that it ended or took the place of, as they were. */
  readonly before?: readonly MembershipDays[];
};

/** What a file did to the books, or would do; with errors, nothing was done. */
export type EnteredReport = {
  readonly created: readonly Created[];
  /** Rows of the file. */
  readonly newRows: number;
  readonly changedRows: number;
  readonly unchangedRows: number;
  readonly errors: readonly RowError[];
};

export type Outcome = "new" | "changed" | "unchanged";

/** The report of rows with these outcomes. */
export function reportOf(
  outcomes: readonly Outcome[],
  { created, errors }: Pick<EnteredReport, "created" | "errors">,
): EnteredReport {
  const rows = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    created,
    newRows: rows("new"),
    changedRows: rows("changed"),
    unchangedRows: rows("unchanged"),
    errors: errors.toSorted((a, b) => a.line - b.line),
  };
}
