import { z } from "zod";

import type { Asked } from "@/lib/testing/ask";

/** Where a value stands in a request: "body.charges.0.billedCost.minor". */
export type Place = readonly (string | number)[];
export type Leaf = { readonly place: Place; readonly value: unknown };

/** Every text, number, flag and null of a request, with its place. */
export function leavesOf(value: unknown, place: Place = []): Leaf[] {
  if (typeof value !== "object" || value === null) return value === undefined ? [] : [{ place, value }];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...place, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The values of a request that a client chooses: path, query and body. */
export const inputsOf = ({ params, query, body }: Asked): Leaf[] => leavesOf({ params, query, body });

/** The same request with one value changed. */
export function withValue<T>(request: T, [key, ...rest]: Place, value: unknown): T {
  if (key === undefined) return value as T;
  const copy = (Array.isArray(request) ? [...request] : { ...request }) as Record<string | number, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy as T;
}

export const nameOf = (place: Place): string => place.join(".");

type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
};

/** The names of every field that a schema knows, places in lists left out: "charges.billedCost.minor". */
export function fieldsOf(input: z.ZodType): string[] {
  const walk = ({ properties, items, anyOf }: JsonSchema, name: string): string[] => {
    if (anyOf) return anyOf.flatMap((one) => walk(one, name));
    if (items) return walk(items, name);
    if (!properties) return [name];
    return Object.entries(properties).flatMap(([key, inner]) => walk(inner, name ? `${name}.${key}` : key));
  };
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return [...new Set(walk(schema, ""))].filter((name) => name !== "");
}

/** The fields that a request fills, named in the same way. */
export function filledBy({ params, query, body, version }: Asked): Set<string> {
  const merged = { ...(body ?? {}), ...query, ...params, ...(version !== undefined && { version }) };
  const places = leavesOf(merged).filter(({ value }) => value !== null);
  return new Set(
    places.flatMap(({ place }) => {
      const keys = place.filter((key) => typeof key === "string");
      // A value may itself be anything (the content of a draft), so each way to it counts as filled.
      return keys.map((_key, index) => keys.slice(0, index + 1).join("."));
    }),
  );
}
