import { AsyncLocalStorage } from "node:async_hooks";
import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import { vi } from "vitest";

import { sealSession, sessionCookieName } from "@/lib/auth/cookie";
import type { DescribedHandler } from "@/lib/http/route";

/** The session cookie of the request that is being answered, where Next keeps it for `cookies()`. */
const jar = new AsyncLocalStorage<string | undefined>();

// Outside of a Next server there is no request to take cookies from; all else that answers is the real thing.
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => {
      const value = jar.getStore();
      return value !== undefined && name === sessionCookieName() ? { name, value } : undefined;
    },
  }),
}));

/** A request as a table row states it. */
export type Asked = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as If-Match. */
  readonly version?: number;
  /** The bytes of an upload. */
  readonly file?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What came back; `body` is parsed when it is JSON, else text. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects.
export type Answer = { readonly status: number; readonly headers: Headers; readonly body: any };

/** "PATCH teams/[id]": a method of a folder below app/api/v1. */
export type RouteName = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} ${string}`;

const ROOT = "app/api/v1";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Every method that a route file on disk exports, with its handler. */
export async function findRoutes(): Promise<Map<RouteName, DescribedHandler>> {
  const found = new Map<RouteName, DescribedHandler>();
  for await (const file of glob(`${ROOT}/**/route.ts`)) {
    const module: Partial<Record<string, DescribedHandler>> = await import(/* @vite-ignore */ resolve(file));
    const folder = file.slice(ROOT.length + 1, -"/route.ts".length);
    for (const method of METHODS) {
      const handler = module[method];
      if (handler) found.set(`${method} ${folder}`, handler);
    }
  }
  return found;
}

/** The request that a browser would send, for a session or for nobody. */
export function requestOf(route: RouteName, asked: Asked): Request {
  const [method = "", folder = ""] = route.split(" ");
  const path = folder.replace(/\[(\w+)\]/g, (_all, name: string) =>
    encodeURIComponent(asked.params?.[name] ?? ""),
  );
  const given = Object.entries(asked.query ?? {}).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given).toString();
  // As a browser does with a change; who states an empty one is no browser.
  const headers = new Headers({ "User-Agent": "test", Origin: "http://localhost:3000", ...asked.headers });
  if (headers.get("Origin") === "") headers.delete("Origin");
  if (asked.version !== undefined) headers.set("If-Match", `"${asked.version}"`);
  if (asked.body !== undefined && !headers.has("Content-Type"))
    headers.set("Content-Type", "application/json");
  const body = asked.file ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
  return new Request(`http://localhost:3000/api/v1/${path}${query && `?${query}`}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
}

type Asking = {
  readonly params?: Readonly<Record<string, string>>;
  readonly sessionId: string | null;
  /** Sent as it is when there is no session to seal. */
  readonly cookie?: string | null;
};

/** Does something as a request with the cookie of a session, or without one. */
export async function asSession<T>(sessionId: string | null, work: () => Promise<T>): Promise<T> {
  const sealed = sessionId === null ? undefined : await sealSession(sessionId);
  return await jar.run(sealed, work);
}

/** Asks a handler as the owner of a session (or as nobody), and reads the whole answer. */
export async function ask(
  handler: DescribedHandler,
  request: Request,
  { params = {}, sessionId, cookie = null }: Asking,
): Promise<Answer> {
  const sealed = sessionId === null ? cookie : await sealSession(sessionId);
  const response = await jar.run(sealed ?? undefined, () =>
    handler(request, { params: Promise.resolve({ ...params }) }),
  );
  const text = await response.text();
  const json = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}
