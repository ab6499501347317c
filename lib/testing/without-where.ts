import { isDeepStrictEqual } from "node:util";

import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";

/** How many queries lost the organization that they asked for. */
export const stripped = { models: 0, raw: 0 };

/** What stands for a question by a unique key, once the key has lost a part. */
const LOOSE: Readonly<Record<string, string>> = {
  findUnique: "findFirst",
  findUniqueOrThrow: "findFirstOrThrow",
};
const ASKS = new Set([
  ...["findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow", "findMany"],
  ...["count", "aggregate", "groupBy", "updateMany", "deleteMany"],
]);

type Args = { readonly where?: unknown };
type Method = (args?: Args) => unknown;

/** A transaction in which no query asks for an organization, as if whoever wrote them had forgotten to. */
export function withoutWhere(db: Db): Db {
  return new Proxy(db, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === "$queryRaw" || name === "$executeRaw") return rawWithout(target, name);
      if (typeof value !== "object" || value === null || !("findMany" in value)) return value;
      return modelWithout(value as Record<string, Method>);
    },
  });
}

function modelWithout(model: Record<string, Method>): unknown {
  return new Proxy(model, {
    get(target, name: string) {
      const method = target[name];
      const loose = target[LOOSE[name] ?? name];
      if (!ASKS.has(name) || !method || !loose) return method;
      return (args?: Args) => {
        const where = loosened(args?.where);
        if (isDeepStrictEqual(where, args?.where)) return method(args);
        stripped.models++;
        return loose({ ...args, where });
      };
    },
  });
}

/** A condition without the organization, and a key of several columns as the conditions that it is made of. */
function loosened(where: unknown): unknown {
  if (Array.isArray(where)) return where.map(loosened);
  if (typeof where !== "object" || where === null || where instanceof Date) return where;
  const entries = Object.entries(where).flatMap(([name, value]) => {
    if (name === "organizationId") return [];
    if (name.startsWith("organizationId_")) return Object.entries(loosened(value) as object);
    return [[name, ["AND", "OR", "NOT"].includes(name) ? loosened(value) : value]];
  });
  return Object.fromEntries(entries);
}

/** SQL in which whatever compares an organization with a value is true. */
function rawWithout(db: Db, name: "$queryRaw" | "$executeRaw") {
  return (first: TemplateStringsArray | Prisma.Sql, ...rest: unknown[]) => {
    const sql = "raw" in first ? Prisma.sql(first, ...(rest as never[])) : first;
    const strings = [...sql.strings];
    strings.forEach((text, at) => {
      const before = /((?:\w+\.)?organization_id\s*=\s*)$/.exec(text);
      const after = strings[at + 1] ?? "";
      if (!before || !after.startsWith("::uuid") || /\bSET\b[^;]*$/.test(text)) return;
      strings[at] = `${text.slice(0, before.index)}(${before[1]}`;
      strings[at + 1] = after.replace("::uuid", "::uuid OR true)");
      stripped.raw++;
    });
    return db[name](new Prisma.Sql(strings, [...sql.values]));
  };
}
