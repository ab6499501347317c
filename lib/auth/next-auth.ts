import "server-only";

import NextAuth, { type NextAuthOptions } from "next-auth";

/** Its forms have three fields. */
const BODY_CHARACTERS_MAX = 10_000;

/**
 * Asks next-auth as its Pages Router would: its answers come back as plain values, and it sees nothing of a request but
 * what stands here. Of a sign-in's query nothing reaches the provider.
 */
export async function askNextAuth(
  request: Request,
  nextauth: readonly string[],
  options: NextAuthOptions,
): Promise<Response> {
  const query = nextauth[0] === "signin" ? {} : Object.fromEntries(new URL(request.url).searchParams);
  const asked = {
    method: request.method,
    headers: {},
    cookies: cookiesOf(request.headers),
    query: { ...query, nextauth },
    body: await formOf(request),
  };
  const answer = anAnswer();
  type Api = Parameters<typeof NextAuth>;
  await NextAuth(...([asked, answer, options] as unknown as Api));
  return answer.toResponse();
}

function cookiesOf(headers: Headers): Record<string, string> {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return Object.fromEntries(
    pairs
      .filter((pair) => pair.includes("="))
      .map((pair) => [nameOf(pair), decoded(pair.slice(pair.indexOf("=") + 1))]),
  );
}

const nameOf = (pair: string): string => pair.slice(0, pair.indexOf("="));

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

async function formOf(request: Request): Promise<Record<string, string>> {
  if (request.method !== "POST") return {};
  const text = await request.text();
  return text.length > BODY_CHARACTERS_MAX ? {} : Object.fromEntries(new URLSearchParams(text));
}

function anAnswer() {
  const headers = new Headers();
  let status = 200;
  let body: string | null = null;
  const answer = {
    status: (code: number) => {
      status = code;
      return answer;
    },
    getHeader: (name: string) => (/^set-cookie$/i.test(name) ? headers.getSetCookie() : headers.get(name)),
    setHeader: (name: string, value: string | readonly string[]) => {
      headers.delete(name);
      for (const one of [value].flat()) headers.append(name, one);
      return answer;
    },
    json: (value: unknown) => {
      headers.set("Content-Type", "application/json");
      body = JSON.stringify(value);
    },
    send: (value: unknown) => {
      if (typeof value === "object" && value !== null) answer.json(value);
      else body = value === undefined ? null : String(value);
    },
    end: () => {},
    toResponse: () => new Response(body, { status, headers }),
  };
  return answer;
}
