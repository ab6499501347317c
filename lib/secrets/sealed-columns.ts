import type { SealedColumn } from "@/lib/secrets/schema";

/** Every column that holds sealed secrets, for the rotation of keys; a test compares it with the database. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [];
