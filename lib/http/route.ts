import "server-only";

import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { z } from "zod";

import { sessionCookieHeader } from "@/lib/auth/cookie";
import type { Ctx } from "@/lib/auth/ctx";
import { deviceCookieHeader } from "@/lib/auth/device";
import { linkCookieHeader } from "@/lib/auth/link";
import { type PendingProof, proofCookieHeader } from "@/lib/auth/proof";
import { bearerOf, requireCtx, requireSessionCtx, type SessionCtx } from "@/lib/auth/session";
import { DomainError } from "@/lib/domain/errors";
import type { SecondFactorStep } from "@/lib/domain/second-factor";
import { readBody } from "@/lib/http/body";
import { logRequest } from "@/lib/http/log";
import { assertOwnOrigin } from "@/lib/http/origin";
import { problem } from "@/lib/http/problem";

type RouteParams = { readonly params: Promise<Record<string, string | string[] | undefined>> };
type Handler = (request: Request, params: RouteParams) => Promise<Response>;

/** A handler with what the interface's description says of it: its input, and who may ask. */
export type DescribedHandler = Handler & {
  readonly input: z.ZodType;
  /** Somebody who is signed in or their token; only the former; anybody. */
  readonly access: "session" | "browser" | "public";
  /** Takes the bytes of a file as its body, not JSON. */
  readonly upload: boolean;
  /** Takes `"closedMonths": "correct"` beside its fields. */
  readonly corrects: boolean;
  /** What somebody may still have to show of a second factor when they ask it. */
  readonly openBefore: readonly SecondFactorStep[];
};

const described = (
  handler: Handler,
  input: z.ZodType,
  {
    access = "session",
    upload = false,
    corrects = false,
    openBefore = [],
  }: Partial<Pick<DescribedHandler, "access" | "upload" | "corrects" | "openBefore">> = {},
): DescribedHandler => Object.assign(handler, { input, access, upload, corrects, openBefore });

type Handle<Schema extends z.ZodType, Asker extends Ctx = Ctx> = (
  ctx: Asker,
  input: z.output<Schema>,
  facts: RequestFacts,
) => Promise<Response>;

/** What a request brought besides its fields, for the few routes that need it. */
export type RequestFacts = { readonly request: Request; readonly requestId: string };

/**
 * The only way an API route of signed-in people is made: who asks, what they ask, do it, or say why not.
 *
 * The input is the query (GET) or the JSON body, with the path's parameters over it and the `If-Match` header as
 * `version`.
 */
export function route<Schema extends z.ZodType>(input: Schema, handle: Handle<Schema>): DescribedHandler {
  const handler = answering(async (facts, params) => {
    const ctx = await requireCtx(facts.request.headers, facts.requestId);
    const { fields, ...asked } = await readFields(facts.request, await params.params);
    return await handle({ ...ctx, ...asked }, input.parse(fields), facts);
  });
  return described(handler, input);
}

/** The same for what is about the session itself, which a token has none of. */
export function sessionRoute<Schema extends z.ZodType>(
  input: Schema,
  handle: Handle<Schema, SessionCtx>,
  { openBefore = [] }: Partial<Pick<DescribedHandler, "openBefore">> = {},
): DescribedHandler {
  const handler = answering(async (facts, params) => {
    const ctx = await requireSessionCtx(facts.request.headers, facts.requestId, openBefore);
    const { fields, ...asked } = await readFields(facts.request, await params.params);
    return await handle({ ...ctx, ...asked }, input.parse(fields), facts);
  });
  return described(handler, input, { access: "browser", openBefore });
}

/**
 * A route that writes facts: what would change a closed month is refused, unless the request says
 * `"closedMonths": "correct"`, in its body or, where it has none, its query.
 */
export function factRoute<Schema extends z.ZodType>(input: Schema, handle: Handle<Schema>): DescribedHandler {
  const handler = answering(async (facts, params) => {
    const ctx = await requireCtx(facts.request.headers, facts.requestId);
    const { fields, ...asked } = await readFields(facts.request, await params.params);
    const { rest, ...correcting } = splitCorrection(fields);
    return await handle({ ...ctx, ...asked, ...correcting }, input.parse(rest), facts);
  });
  return described(handler, input, { corrects: true });
}

function splitCorrection(fields: { readonly closedMonths?: unknown }) {
  const { closedMonths: said, ...rest } = fields;
  if (said === undefined) return { rest };
  return { rest, ...z.object({ closedMonths: z.literal("correct") }).parse({ closedMonths: said }) };
}

/** A route for somebody who is not signed in: first run, and accepting an invitation. */
export function publicRoute<Schema extends z.ZodType>(
  input: Schema,
  handle: (input: z.output<Schema>, facts: RequestFacts & { readonly now: Date }) => Promise<Response>,
): DescribedHandler {
  const handler = answering(async (facts, params) => {
    const { fields } = await readFields(facts.request, await params.params);
    return await handle(input.parse(fields), { ...facts, now: new Date() });
  });
  return described(handler, input, { access: "public" });
}

/** A route that takes the bytes of one file as its body; the service streams and limits them. */
export function uploadRoute<Schema extends z.ZodType>(
  input: Schema,
  handle: (ctx: Ctx, input: z.output<Schema>, facts: RequestFacts) => Promise<Response>,
  { corrects = false }: { readonly corrects?: boolean } = {},
): DescribedHandler {
  const handler = answering(async (facts, params) => {
    const ctx = await requireCtx(facts.request.headers, facts.requestId);
    const query = Object.fromEntries(new URL(facts.request.url).searchParams);
    const fields = merged(query, { ...(await params.params) });
    const { rest, ...correcting } = corrects ? splitCorrection(fields) : { rest: fields };
    return await handle({ ...ctx, ...correcting }, input.parse(rest), facts);
  });
  return described(handler, input, { upload: true, corrects });
}

function answering(work: (facts: RequestFacts, params: RouteParams) => Promise<Response>): Handler {
  return async (request, params) => {
    const requestId = randomUUID();
    const start = performance.now();
    const response = await answer({ request, requestId }, params);
    response.headers.set("X-Request-Id", requestId);
    logRequest(request, { requestId, status: response.status, ms: Math.round(performance.now() - start) });
    return response;
  };

  async function answer(facts: RequestFacts, params: RouteParams): Promise<Response> {
    try {
      // A token is no cookie: no browser sends it by itself, and where one comes, no cookie counts.
      if (bearerOf(facts.request.headers) === null) assertOwnOrigin(facts.request);
      return await work(facts, params);
    } catch (thrown) {
      return problem(thrown, facts.requestId);
    }
  }
}

async function readFields(request: Request, params: Record<string, string | string[] | undefined>) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const version = versionOf(request);
  const base = { ...params, ...(version !== null && { version }) };
  if (request.method === "GET" || request.method === "DELETE") return { fields: merged(query, base) };

  const { text, json } = await readBody(request);
  const fields = merged(json, base);
  const key = request.headers.get("idempotency-key");
  if (request.method !== "POST" || key === null) return { fields };
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DomainError("invalid_input", "An Idempotency-Key is 1 to 200 visible characters.", {
      fields: { "Idempotency-Key": "Use 1 to 200 visible characters." },
    });
  }
  const path = new URL(request.url).pathname;
  const requestHash = createHash("sha256").update(`${request.method} ${path}\n${text}`).digest("hex");
  return { fields, idempotency: { key, requestHash } };
}

/** The version comes with If-Match and the path's ids with the path, and with nothing else. */
function merged(sent: object, base: object): object {
  const twice = ["version", ...Object.keys(base)].filter((name) => Object.hasOwn(sent, name));
  if (twice.length === 0) return { ...sent, ...base };
  throw new DomainError("invalid_input", "Some fields are not valid.", {
    fields: Object.fromEntries(twice.map((name) => [name, "There is no such field."])),
  });
}

function versionOf(request: Request): number | null {
  const header = request.headers.get("if-match");
  if (header === null) return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new DomainError("invalid_input", "If-Match carries a version.", {
    fields: { "If-Match": 'Send the version that you read, in quotes, for example "3".' },
  });
}

const HEADERS = { "Cache-Control": "private, no-store" };

export const ok = (body: unknown): Response => Response.json(body, { headers: HEADERS });

export const created = (body: { readonly id: string }, collection: string): Response =>
  Response.json(body, { status: 201, headers: { ...HEADERS, Location: `/api/v1/${collection}/${body.id}` } });

export const noContent = (): Response => new Response(null, { status: 204, headers: HEADERS });

/** A download that is streamed as it is made. */
export const csvFile = ({
  fileName,
  rows,
  auditHead = null,
}: {
  readonly fileName: string;
  readonly rows: Readable;
  /** The sealed end of the audit trail: whoever keeps it can find out later whether the trail was cut. */
  readonly auditHead?: string | null;
}): Response =>
  new Response(Readable.toWeb(rows) as ReadableStream, {
    headers: {
      ...HEADERS,
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
      ...(auditHead !== null && { "Twoline-Audit-Head": auditHead }),
    },
  });

/** The same as JSON. */
export const jsonFile = ({
  fileName,
  json,
}: {
  readonly fileName: string;
  readonly json: Readable;
}): Response =>
  new Response(Readable.toWeb(json) as ReadableStream, {
    headers: {
      ...HEADERS,
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
/** What a calendar program reads, again and again. */
export const calendarFile = (text: string): Response =>
  new Response(text, { headers: { ...HEADERS, "Content-Type": "text/calendar; charset=utf-8" } });

/** The answer with the cookie of a session that was opened, or without one when it was ended. */
export async function withSession(response: Response, sessionId: string | null): Promise<Response> {
  response.headers.append("Set-Cookie", await sessionCookieHeader(sessionId));
  return response;
}

/** The answer with the cookie by which this browser is known again as one in which the account was opened. */
export async function withDevice(response: Response, { headers }: Request, email: string): Promise<Response> {
  response.headers.append("Set-Cookie", await deviceCookieHeader(headers, email));
  return response;
}

/** What an address below /api that does not exist answers, whoever asks. */
export const nothingHere = answering(async () => {
  throw new DomainError("not_found", "There is nothing at this address.");
});

/** The answer that lets this browser come back from a provider as somebody who proves once more who they are. */
export async function withProof(response: Response, proof: PendingProof): Promise<Response> {
  response.headers.append("Set-Cookie", await proofCookieHeader(proof));
  return response;
}

/** The answer after which nobody waits to be connected with a provider in this browser. */
export async function withoutLink(response: Response): Promise<Response> {
  response.headers.append("Set-Cookie", await linkCookieHeader(null));
  return response;
}
