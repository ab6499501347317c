// Serves the built application behind the edge. Told by its environment where; ends when it is asked to, after what it
// has begun.
import next from "next";

import { root } from "./bootstrap.mjs";
import { createEdge } from "./edge.mjs";

const host = process.env.HOST || "127.0.0.1";
const port = Number(process.env.PORT);
const GRACE_MS = 8_000;

// The edge has the only connection to the outside, and answers upgrades itself.
const httpServer = { on: () => httpServer };
const application = next({ dev: false, dir: root, hostname: host, port, httpServer });
await application.prepare();
const server = createEdge(application.getRequestHandler(), {
  https: (process.env.NEXTAUTH_URL ?? "").startsWith("https://"),
  trustedHops: Number(process.env.TWOLINE_TRUSTED_HOPS || 0),
});
server.listen(port, host);

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), GRACE_MS).unref();
}
