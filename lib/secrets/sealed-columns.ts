import type { SealedColumn } from "@/lib/secrets/schema";

/** Every column that holds sealed secrets, for the rotation of keys; a test compares it with the database. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: "second_factor", column: "secret_sealed", of: "nobody" },
  { table: "sign_in_connection", column: "client_secret_sealed", of: "organization" },
  { table: "webhook", column: "secret_sealed", of: "organization" },
  { table: "webhook", column: "url_sealed", of: "organization" },
];
