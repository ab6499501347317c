/** A column that holds sealed secrets. Its name ends in `_sealed`, and its row is found by `id`. */
export type SealedColumn = {
  readonly table: string;
  readonly column: string;
  /** Whether its rows belong to an organization (`organization_id`), or to nobody but themselves. */
  readonly of: "organization" | "nobody";
};
