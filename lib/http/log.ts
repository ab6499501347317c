import "server-only";

import pino from "pino";

/** What a terminal or a reader of lines would take for a command or a line's end, and JSON leaves as it is. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escaped = (line: string): string =>
  line.replace(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** Of an error what finds its cause; the rest of it may hold what somebody sent. */
function errorFacts(error: unknown): object {
  const { name, code, message, stack } = (error ?? {}) as { [key in string]?: string };
  const frames = (stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { name, code, message: message?.slice(0, 500), stack: frames.slice(0, 20).join("\n") };
}

/** One line of JSON an event, without names, cookies or bodies. */
export const log = pino(
  {
    level: process.env.LOG_LEVEL || "info",
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    serializers: { err: errorFacts },
    redact: ["*.password", "*.cookie", "*.token", "*.authorization"],
  },
  { write: (line: string) => void process.stdout.write(escaped(line)) },
);

type Answered = { readonly requestId: string; readonly status: number; readonly ms: number };

/**
 * A line an answer of the interface; of the address the path alone, because a query is what somebody looks for. Whoever
 * was refused for who they are, or for asking too often, is worth a look, and told with where they asked from.
 */
export function logRequest({ method, url, headers }: Request, answered: Answered): void {
  const { status } = answered;
  const suspect = status === 403 || status === 429 || (status === 401 && method !== "GET");
  const level = suspect ? "warn" : "info";
  if (!log.isLevelEnabled(level)) return;
  const from = suspect ? { from: headers.get("x-forwarded-for") } : {};
  log[level]({ ...answered, ...from, method, path: new URL(url).pathname }, "request");
}
