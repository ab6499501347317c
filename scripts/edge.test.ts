import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";

import { createEdge } from "./edge.mjs";
import { HEADERS } from "./headers.mjs";

type Seen = { readonly url: string; readonly headers: IncomingMessage["headers"]; bytes: number };

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An edge in front of something that tells what it was asked. */
async function anEdge(options: Parameters<typeof createEdge>[1] = {}) {
  const seen: Seen[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = { url: request.url ?? "", headers: request.headers, bytes: 0 };
    seen.push(asked);
    try {
      for await (const chunk of request) asked.bytes += chunk.length;
      response.end("answered");
    } catch {
      response.destroy();
    }
  };
  const server: Server = createEdge(handle, options);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { seen, port, url: `http://127.0.0.1:${port}` };
}

/** Sends these bytes as they are, and reads what comes until the other side is done. */
function raw(port: number, ...parts: readonly (string | number)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", () => {});
    void (async () => {
      for (const part of parts) {
        if (typeof part === "number") await new Promise((after) => setTimeout(after, part));
        else socket.write(part);
      }
    })();
  });
}

const get = (lines = "") => `GET /budget HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${lines}\r\n`;

function expectHeaders(answer: string) {
  for (const [name, value] of Object.entries(HEADERS))
    expect(answer.toLowerCase()).toContain(`${name}: ${value}\r\n`.toLowerCase());
}

describe("every answer", () => {
  test("carries the headers, and those of https where that is how it is reached", async () => {
    const plain = await anEdge();
    const answer = await raw(plain.port, get());
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expectHeaders(answer);
    expect(answer).not.toMatch(/strict-transport|x-powered-by/i);
    const https = await anEdge({ https: true });
    expect(await raw(https.port, get())).toMatch(/strict-transport-security: max-age=63072000/i);
    expect(https.seen[0]?.headers["x-forwarded-proto"]).toBe("https");
  });

  test.each([
    ["no request at all", "hello\r\n\r\n", 400],
    ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["two hosts", get("Host: b\r\n"), 400],
    [
      "another protocol",
      get("Upgrade: websocket\r\n").replace("Connection: close", "Connection: Upgrade"),
      400,
    ],
    ["an address for a proxy", get().replace("/budget", "http://169.254.169.254/latest"), 400],
    ["a tunnel", "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n\r\n", 400],
    ["an echo", get().replace("GET", "TRACE"), 405],
    ["a method of something else", get().replace("GET", "PROPFIND"), 405],
    ["a Server Action", get("Next-Action: 7f\r\n"), 400],
    ["a megabyte of headers", get(`X-Large: ${"x".repeat(1_000_000)}\r\n`), 431],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\nConnection: close\r\n\r\nabc",
      400,
    ],
    [
      "a length and chunks",
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
      400,
    ],
  ])("also where it is a refusal: %s", async (_what, request, status) => {
    const { port, seen } = await anEdge();
    const answer = await raw(port, request);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expectHeaders(answer);
    expect(answer).not.toMatch(/node_modules|at .*\.m?js/);
    expect(seen).toEqual([]);
  });
});

describe("what a client says of itself", () => {
  const lies = [
    "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
    "X-Forwarded-Host: evil.example",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Port: 1",
    "Forwarded: for=1.2.3.4",
    "X-Real-Ip: 1.2.3.4",
    "x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy",
    "x-middleware-rewrite: /settings",
    "x-nextjs-data: 1",
    "x-invoke-path: /settings",
    "Next-Resume: 1",
    "x-nonce: mine",
    "Content-Security-Policy: script-src 'nonce-mine'",
  ].join("\r\n");

  test("never reaches the application", async () => {
    const { port, seen } = await anEdge();
    await raw(port, get(`${lies}\r\nRSC: 1\r\n`));
    const { host, rsc, connection, ...rest } = seen[0]!.headers;
    expect([host, rsc, connection]).toEqual(["a", "1", "close"]);
    expect(rest).toEqual({ "x-forwarded-for": "127.0.0.1" });
  });

  test("counts only as far as proxies of ours added to it", async () => {
    for (const [trustedHops, address] of [
      [0, "127.0.0.1"],
      [1, "5.6.7.8"],
      [2, "1.2.3.4"],
      [3, "1.2.3.4"],
    ] as const) {
      const { port, seen } = await anEdge({ trustedHops });
      await raw(port, get(`${lies}\r\n`));
      expect([trustedHops, seen[0]?.headers["x-forwarded-for"]]).toEqual([trustedHops, address]);
      expect(seen[0]?.headers["x-forwarded-host"]).toBeUndefined();
    }
  });
});

describe("whoever is slow", () => {
  const post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\nConnection: close\r\n\r\n";

  test("with headers is answered 408, while others are served", async () => {
    const { port } = await anEdge({ headersMs: 300 });
    const slow = raw(port, "GET / HTTP/1.1\r\n", "Host: a\r\n", 100, "X-One: 1\r\n", 100, "X-Two: 2\r\n");
    const idle = raw(port);
    expect(await raw(port, get())).toMatch(/^HTTP\/1.1 200 /);
    const answer = await slow;
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expectHeaders(answer);
    expect(await idle).not.toMatch(/ 200 /);
  });

  test("with a body is answered 408 once nothing comes any more", async () => {
    const { port, seen } = await anEdge({ silenceMs: 300 });
    const answer = await raw(port, post, "ten bytes.", 100, "ten bytes.");
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expectHeaders(answer);
    expect(seen[0]?.bytes).toBe(20);
  });

  test("but goes on is waited for", async () => {
    const { port, seen } = await anEdge({ silenceMs: 300 });
    const tenth = ["ten bytes.", 150] as const;
    const answer = await raw(port, post, ...Array.from({ length: 10 }, () => tenth).flat());
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(seen[0]?.bytes).toBe(100);
  });

  test("five hundred idle connections keep nobody else out", async () => {
    const { port, url } = await anEdge();
    const sockets = Array.from({ length: 500 }, () => connect(port, "127.0.0.1").on("error", () => {}));
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    expect((await fetch(url)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});
