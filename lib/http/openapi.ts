import "server-only";

import { z } from "zod";

import { REFUSALS } from "@/lib/http/problem";
import type { DescribedHandler } from "@/lib/http/route";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

/** What a method of a route does, in a sentence; with its status, where it is not the usual one. */
export type Described = string | { readonly summary: string; readonly status: number };

/** A route module beside what is said of its methods. */
export type DescribedRoute = {
  /** Below /api/v1, with parameters in braces: "/teams/{id}". */
  readonly path: string;
  readonly module: { readonly [method in Method]?: DescribedHandler };
  readonly methods: { readonly [method in Method]?: Described };
};

type Json = { readonly [key: string]: unknown };

const USUAL_STATUS: Record<Method, number> = { GET: 200, POST: 201, PUT: 200, PATCH: 200, DELETE: 204 };

/** The OpenAPI 3.1 document of the interface: paths from the routes, inputs from the schemas that validate them. */
export function openApiDocument(routes: readonly DescribedRoute[]): Json {
  return {
    openapi: "3.1.0",
    info: {
      title: "Twoline",
      version: "1",
      description:
        "The books of a team's AI spending. Money is whole minor units and a currency, a month is 2026-03, a day 2026-03-15.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    paths: Object.fromEntries(routes.map((route) => [route.path, pathItem(route)])),
    components: {
      securitySchemes: {
        session: {
          type: "apiKey",
          in: "cookie",
          name: "twoline.session",
          description: "A signed-in browser session; __Host-twoline.session over https.",
        },
        bearer: {
          type: "http",
          scheme: "bearer",
          description:
            "A token of Settings, API tokens: twl_ and 64 characters. It may do what its scopes say.",
        },
      },
      schemas: { Problem: PROBLEM },
      responses: { Refusal: REFUSAL },
    },
  };
}

/** The same, flat, for a page that people read. */
export function describeOperations(routes: readonly DescribedRoute[]) {
  return routes.flatMap(({ path, module, methods }) =>
    METHODS.flatMap((method) => {
      const handler = module[method];
      const said = methods[method];
      if (!handler || !said) return [];
      const { tags, summary, parameters, body } = operation(path, method, handler, said);
      return [{ group: tags[0] ?? "", method, path, summary, parameters, body }];
    }),
  );
}

function pathItem({ path, module, methods }: DescribedRoute): Json {
  const operations = METHODS.flatMap((method) => {
    const handler = module[method];
    const said = methods[method];
    return handler && said
      ? [[method.toLowerCase(), toOperationObject(operation(path, method, handler, said))]]
      : [];
  });
  return Object.fromEntries(operations);
}

type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
};

function operation(path: string, method: Method, handler: DescribedHandler, said: Described) {
  const { summary, status } =
    typeof said === "string" ? { summary: said, status: USUAL_STATUS[method] } : said;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const { properties, required, definitions } = objectSchema(handler.input);
  const fields = Object.keys(properties).filter((name) => !inPath.includes(name) && name !== "version");
  const rest = handler.corrects ? [...fields, "closedMonths"] : fields;
  const asQuery = method === "GET" || method === "DELETE" || handler.upload;
  const schemaOf = (name: string): Json =>
    properties[name] ?? (name === "closedMonths" ? CLOSED_MONTHS : { type: "string" });
  const parameter = (name: string, place: "path" | "query"): Parameter => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: schemaOf(name),
  });
  return {
    operationId: idOf(method, path),
    tags: [path.split("/")[1] ?? ""],
    path,
    handler,
    summary,
    status,
    parameters: [
      ...inPath.map((name) => parameter(name, "path")),
      ...("version" in properties ? [IF_MATCH] : []),
      ...(method === "POST" && handler.access !== "public" && !handler.upload ? [IDEMPOTENCY_KEY] : []),
      ...(asQuery ? rest.map((name) => parameter(name, "query")) : []),
    ],
    body: asQuery
      ? undefined
      : {
          type: "object",
          properties: Object.fromEntries(rest.map((name) => [name, schemaOf(name)])),
          required: required.filter((name) => rest.includes(name)),
          additionalProperties: false,
          ...definitions,
        },
  };
}

/** "getTeamsById" from GET /teams/{id}. */
function idOf(method: Method, path: string): string {
  const words = path
    .replace(/\{(\w+)\}/g, "by-$1")
    .split(/\W+/)
    .filter(Boolean);
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function toOperationObject({
  operationId,
  tags,
  path,
  handler,
  summary,
  status,
  parameters,
  body,
}: ReturnType<typeof operation>): Json {
  return {
    operationId,
    summary,
    tags,
    security: SECURITY[handler.access],
    parameters,
    ...(handler.upload && { requestBody: FILE }),
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [status]: {
        description: status === 204 ? "Done." : "As described.",
        ...(status !== 204 && answer(path)),
      },
      default: { $ref: "#/components/responses/Refusal" },
    },
  };
}

type ObjectSchema = {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required: readonly string[];
  readonly definitions: Json;
};

function objectSchema(input: z.ZodType): ObjectSchema {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  const { properties = {}, required = [], $defs } = schema;
  return {
    properties: properties as Readonly<Record<string, Json>>,
    required,
    definitions: $defs === undefined ? {} : { $defs },
  };
}

const answer = (path: string): Json =>
  path.endsWith(".csv")
    ? { content: { "text/csv": { schema: { type: "string" } } } }
    : { content: { "application/json": { schema: { type: "object" } } } };

const SECURITY: Record<DescribedHandler["access"], readonly Json[]> = {
  session: [{ session: [] }, { bearer: [] }],
  browser: [{ session: [] }],
  public: [],
};

const FILE: Json = {
  required: true,
  content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
};

const CLOSED_MONTHS: Json = {
  type: "string",
  enum: ["correct"],
  description: "What would change a closed month counts in the first open one, and is not refused.",
};

const IF_MATCH: Parameter = {
  name: "If-Match",
  in: "header",
  required: true,
  description: 'The version that was read, in quotes, for example "3". A stale one is 412.',
  schema: { type: "string" },
};

const IDEMPOTENCY_KEY: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key and body give the first answer again.",
  schema: { type: "string" },
};

const PROBLEM: Json = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", enum: [...REFUSALS.map(({ code }) => code), "internal"] },
    fields: { type: "object", additionalProperties: { type: "string" } },
    conflictingId: { type: "string", format: "uuid" },
    correction: {
      type: "object",
      description:
        'Of period_closed: ask again with "closedMonths": "correct", and the difference counts there.',
      properties: { of: { type: "array", items: { type: "string" } }, countsIn: { type: "string" } },
    },
    requestId: { type: "string", format: "uuid" },
  },
};

const REFUSAL: Json = {
  description: "A refusal (RFC 9457); `code` says which, `fields` where.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
