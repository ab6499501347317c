// The outermost wall: an HTTP server that lets slow, oversized and tricky requests no further, tells the application
// only what it knows itself of who asks, and gives every answer the same headers.
import { createServer, STATUS_CODES } from "node:http";

import { HEADERS, STRICT_TRANSPORT } from "./headers.mjs";

/** Headers by which a server of this framework talks to itself, or a proxy in front would speak for it. */
const INTERNAL =
  /^(x-middleware-|x-nextjs-|x-invoke-|x-matched-path$|x-now-|x-vercel-|next-resume$|x-forwarded-|x-real-ip$|forwarded$|x-nonce$|content-security-policy)/;

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

const REFUSED = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/**
 * @param {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => unknown} handle
 * @param {{ https?: boolean, trustedHops?: number, headersMs?: number, silenceMs?: number }} [options]
 *   `trustedHops`: how many proxies of ours stand in front, each of which adds the address that asked it
 */
export function createEdge(
  handle,
  { https = false, trustedHops = 0, headersMs = 15_000, silenceMs = 20_000 } = {},
) {
  const headers = { ...HEADERS, ...(https && STRICT_TRANSPORT) };
  const open = new Map();
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: headersMs,
      // A large file may take its time, as long as it keeps coming: see below.
      requestTimeout: 15 * 60_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: Math.min(headersMs, 2_000),
      requireHostHeader: false,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      const fault = faultOf(request);
      if (fault) return refuse(response, fault);
      const address = addressOf(request, trustedHops);
      for (const name of Object.keys(request.headers)) if (INTERNAL.test(name)) delete request.headers[name];
      request.headers["x-forwarded-for"] = address;
      if (https) request.headers["x-forwarded-proto"] = "https";
      if (hasBody(request)) watch(request, response);
      return handle(request, response);
    },
  );
  server.on("clientError", (error, socket) => end(socket, REFUSED[error.code] ?? 400, headers));
  // Nothing here speaks another protocol over the same connection.
  server.on("upgrade", (_request, socket) => end(socket, 400, headers));
  server.on("connect", (_request, socket) => end(socket, 400, headers));
  const ticking = setInterval(endSilent, Math.max(50, Math.min(silenceMs / 2, 2_000)));
  ticking.unref();
  server.on("close", () => clearInterval(ticking));
  return server;

  function watch(request, response) {
    open.set(request, { response, bytes: request.socket.bytesRead, since: Date.now() });
    const done = () => open.delete(request);
    request.on("close", done);
    response.on("close", done);
  }

  /** A body of which nothing came for a while, and all that came was read, is not waited for. */
  function endSilent() {
    const now = Date.now();
    for (const [request, seen] of open) {
      const bytes = request.socket.bytesRead;
      if (request.complete) open.delete(request);
      else if (bytes !== seen.bytes || request.readableLength > 0) Object.assign(seen, { bytes, since: now });
      else if (now - seen.since >= silenceMs) {
        open.delete(request);
        if (!seen.response.headersSent) refuse(seen.response, 408);
        request.socket.destroySoon();
      }
    }
  }
}

/** The status of a request that nobody who means well would send; null for every other one. */
function faultOf(request) {
  const { method = "", url = "", headers, rawHeaders } = request;
  if (!METHODS.has(method)) return 405;
  // An address with a host of its own is for a proxy, which this is not.
  if (!url.startsWith("/")) return 400;
  // There are no Server Actions here, so whoever calls one is trying something.
  if (headers["next-action"] !== undefined) return 400;
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return names.filter((name) => name === "host").length === 1 ? null : 400;
}

const hasBody = ({ headers }) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/** Whoever asks, as far as it can be known: what a client writes of itself counts only behind proxies of ours. */
function addressOf({ headers, socket }, trustedHops) {
  const said = (headers["x-forwarded-for"] ?? "").split(",").map((address) => address.trim());
  const chain = [...said.filter(Boolean), socket.remoteAddress ?? ""];
  return chain[Math.max(0, chain.length - 1 - trustedHops)];
}

function refuse(response, status) {
  response.writeHead(status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    Connection: "close",
  });
  response.end(JSON.stringify(problem(status)));
}

/** The same for what is too broken to be a request. */
function end(socket, status, headers) {
  if (!socket.writable) return socket.destroy();
  const body = JSON.stringify(problem(status));
  const lines = {
    ...headers,
    "Content-Type": "application/problem+json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    Connection: "close",
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join("")}\r\n${body}`);
}

const problem = (status) => ({
  type: "about:blank",
  title: STATUS_CODES[status],
  status,
  detail: "This request cannot be read.",
  code: "invalid_input",
});
