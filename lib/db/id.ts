import "server-only";

import { v7 } from "uuid";

/** A new UUIDv7. Ids of one process grow in the order of their making, so "ordered by id" is "in the order entered". */
export function newId(): string {
  return v7();
}
