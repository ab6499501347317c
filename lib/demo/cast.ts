import type { TeamKey } from "@/lib/demo/story";

/** The ids of what the story names. */
export type Cast = {
  readonly team: Readonly<Record<TeamKey, string>>;
  readonly member: ReadonlyMap<string, string>;
  readonly product: ReadonlyMap<string, string>;
  readonly provider: ReadonlyMap<string, string>;
  readonly plan: ReadonlyMap<string, string>;
  readonly tool: ReadonlyMap<string, string>;
};

/** An id that the story is sure to have made. */
export function idOf(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The demo story names "${name}", which it did not make.`);
  return id;
}
