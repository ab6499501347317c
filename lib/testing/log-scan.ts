import { sealSession } from "@/lib/auth/cookie";
import { ask, findRoutes, requestOf } from "@/lib/testing/ask";
import { leavesOf } from "@/lib/testing/fields";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { aSession, PASSWORD, type World } from "@/lib/testing/world";

/** Somebody who may, somebody who may little, and somebody who may nothing. */
export const ASKERS = ["owner", "member", "nobody"] as const;

const SECRET_FIELD = /password|token|secret|link|key$/i;
/** Sent along with every request, where people who try things put secrets. */
const HEADERS = { Authorization: "Basic c2VjcmV0LWhlYWRlcg==", "X-Api-Key": "secret-header" };

/** What must stand in no log: passwords, sessions and their cookies, tokens, and the keys of the process. */
export class LogScan {
  readonly secrets = new Set([PASSWORD, "secret-header", "c2VjcmV0LWhlYWRlcg", ...keysOfProcess()]);
  asked = 0;

  constructor(readonly world: World) {}

  /** Asks each route as each of the askers. */
  async askAll(
    look: (route: string, answer: { readonly headers: Headers; readonly body: unknown }) => void = () => {},
    rows: readonly Row[] = ROUTE_TABLE,
  ): Promise<void> {
    const routes = await findRoutes();
    for (const { route, request } of rows)
      for (const who of ASKERS) {
        const asked = await request(this.world, who === "nobody" ? "owner" : who);
        this.keep(asked.body);
        const sessionId = who === "nobody" ? null : await aSession(this.world, who);
        if (sessionId !== null)
          for (const one of [sessionId, await sealSession(sessionId)]) this.secrets.add(one);
        const sent = requestOf(route, { ...asked, headers: { ...asked.headers, ...HEADERS } });
        const handler = routes.get(route);
        if (!handler) throw new Error(`there is no route ${route}`);
        const { body, headers } = await ask(handler, sent, {
          params: asked.params ?? {},
          sessionId,
        });
        this.asked++;
        this.keep(body);
        const set = headers.get("set-cookie");
        const value = set?.split(";")[0]?.split("=").slice(1).join("=");
        if (value) this.secrets.add(value);
        look(route, { headers, body });
      }
  }

  keep(value: unknown): void {
    for (const { place, value: text } of leavesOf(value))
      if (typeof text === "string" && text.length >= 6 && SECRET_FIELD.test(String(place.at(-1))))
        this.secrets.add(text);
  }

  /** The secrets that stand in these lines. */
  foundIn(lines: readonly string[]): string[] {
    const text = lines.join("");
    // The id of a session in the address of its own route says which row is meant; its cookie is sealed.
    const inPaths = new Set(lines.flatMap((line) => /\/sessions\/([0-9a-f-]{36})/.exec(line)?.[1] ?? []));
    return [...this.secrets].filter((secret) => text.includes(secret) && !inPaths.has(secret));
  }
}

function keysOfProcess(): string[] {
  const { NEXTAUTH_SECRET = "", DATABASE_URL = "", TWOLINE_SEAL_KEYS = "" } = process.env;
  const keys = TWOLINE_SEAL_KEYS.split(",").map((key) => key.split(":")[1] ?? "");
  const { password } = new URL(DATABASE_URL);
  return [NEXTAUTH_SECRET, DATABASE_URL, password, ...keys].filter((key) => key !== "");
}
