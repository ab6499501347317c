import "server-only";

import pino from "pino";

/** One line of JSON an event, without names, cookies or bodies. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  redact: ["*.password", "*.cookie", "*.token"],
});
