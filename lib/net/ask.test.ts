import { type LookupAddress, lookup } from "node:dns";
import type { RequestListener, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { askOutside } from "@/lib/net/ask";
import { fetchOutside } from "@/lib/net/fetch";
import { anOutsideServer } from "@/lib/testing/outside-server";

vi.mock("node:dns", () => ({ lookup: vi.fn() }));

type OutsideServer = Awaited<ReturnType<typeof anOutsideServer>>;
let server: OutsideServer;
let neighbour: OutsideServer;

beforeAll(async () => {
  server = await anOutsideServer();
  neighbour = await anOutsideServer();
});
beforeEach(() => vi.stubEnv("TWOLINE_ALLOWED_HOSTS", server.host));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.mocked(lookup).mockReset();
  server.received.length = 0;
});
afterAll(() => {
  server.close();
  neighbour.close();
});

const ask = (answer: RequestListener, answerMsMax?: number) => {
  server.answer(answer);
  return askOutside({ url: server.url, method: "POST", body: "{}" }, answerMsMax);
};
const portOf = ({ host }: OutsideServer) => host.split(":")[1];

/** What the name stands for, question after question. */
function names(...answers: readonly (readonly string[])[]) {
  const rest = [...answers];
  type Done = (error: Error | null, found: LookupAddress[]) => void;
  const answering = (_name: string, _options: object, done: Done) => {
    const found = rest.shift();
    if (found === undefined) done(Object.assign(new Error("not found"), { code: "ENOTFOUND" }), []);
    else
      done(
        null,
        found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
  };
  vi.mocked(lookup).mockImplementation(answering as unknown as typeof lookup);
}

test("sends what it is given and tells the status, and nothing of what was said", async () => {
  server.answer((_, response) => response.writeHead(418).end("the secret of the house"));
  const headers = { "content-type": "application/json", "webhook-id": "x" };
  const answer = await askOutside({ url: server.url, method: "POST", headers, body: '{"a":1}' });
  expect(answer).toEqual({ status: 418 });
  expect(server.received).toMatchObject([{ path: "/hook", body: '{"a":1}', headers }]);
});

test.each(["http://127.0.0.1", "file:///etc/passwd", "/again"])(
  "follows no redirect to %s",
  async (location) => {
    const to = location.startsWith("http") ? `${location}:${portOf(neighbour)}/` : location;
    expect(await ask((_, response) => response.writeHead(302, { location: to }).end())).toEqual({
      status: 302,
    });
    expect([server.received.length, neighbour.received.length]).toEqual([1, 0]);
  },
);

test("a private address is not asked, whatever it is called", async () => {
  for (const host of ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"]) {
    const asked = askOutside({ url: `https://${host}:${portOf(neighbour)}/`, method: "GET" });
    await expect(asked).rejects.toMatchObject({ code: "invalid_input" });
  }
  expect(neighbour.received).toEqual([]);
});

test.each([
  ["private", ["127.0.0.1"]],
  ["mapped", ["::ffff:127.0.0.1"]],
  ["public and private at once", ["93.184.215.14", "10.0.0.1"]],
  ["nothing", []],
])("a name that stands for %s is refused at the connection", async (_, addresses) => {
  names(addresses);
  const asked = askOutside({ url: `https://rebind.example:${portOf(neighbour)}/`, method: "GET" });
  await expect(asked).rejects.toThrow("It was not asked: its name stands for a private network.");
  expect(neighbour.received).toEqual([]);
});

test("a name that cannot be looked up is refused", async () => {
  names();
  const asked = askOutside({ url: "https://nobody.example/", method: "GET" });
  await expect(asked).rejects.toThrow("It was not asked: its name is not known.");
});

test("a name is looked up once for a connection, which goes to the address that was looked at", async () => {
  // 192.0.0.0/24 and its like are refused; this one is public, and nothing answers there in time.
  names(["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1"]);
  const asked = askOutside({ url: `https://rebind.example:${portOf(neighbour)}/`, method: "GET" }, 300);
  await expect(asked).rejects.toThrow(/^It (did not answer in time|could not be asked \([A-Z]+\))\.$/);
  expect(lookup).toHaveBeenCalledTimes(1);
  expect(neighbour.received).toEqual([]);
});

test("an allowed host may be a name of the own network, on its own port only", async () => {
  vi.stubEnv("TWOLINE_ALLOWED_HOSTS", `hooks.lan:${portOf(server)}`);
  names(["127.0.0.1"], ["127.0.0.1"]);
  server.answer((_, response) => response.end());
  const url = `http://hooks.lan:${portOf(server)}/`;
  expect(await askOutside({ url, method: "GET" })).toEqual({ status: 200 });
  const beside = askOutside({ url: `https://hooks.lan:${portOf(neighbour)}/`, method: "GET" });
  await expect(beside).rejects.toMatchObject({ code: "invalid_input" });
});

const endless = (response: ServerResponse, chunk: Buffer | string, pauseMs = 0) => {
  const write = () => {
    if (response.destroyed) return;
    response.write(chunk);
    setTimeout(write, pauseMs);
  };
  write();
};

test.each<[string, RequestListener]>([
  ["says nothing", () => undefined],
  ["sends its answer byte by byte", (_, response) => endless(response, "x", 20)],
])("waits no longer than it may for a server that %s", async (_, answer) => {
  await expect(ask(answer, 300)).rejects.toThrow("It did not answer in time.");
});

test("an answer without an end is cut off", async () => {
  const large = Buffer.alloc(100_000);
  await expect(ask((_, response) => endless(response, large))).rejects.toThrow(
    "Its answer is larger than 1 MB.",
  );
});

test("an answer that unpacks to much is cut off, and one that unpacks to little is read", async () => {
  const packed = (bytes: number): RequestListener => {
    const body = gzipSync(Buffer.alloc(bytes, "a"));
    return (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(body);
  };
  await expect(ask(packed(50_000_000))).rejects.toThrow("Its answer is larger than 1 MB.");
  server.answer(packed(5));
  expect(await fetchOutside({ url: server.url, method: "GET" })).toEqual({
    status: 200,
    body: Buffer.from("aaaaa"),
  });
});

test("an answer that is not packed as it says, or has a head of 100 kB, is refused in our words", async () => {
  const bad: RequestListener = (_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip");
  await expect(ask(bad)).rejects.toThrow("It could not be asked (Z_DATA_ERROR).");
  const large: RequestListener = (_, response) => response.writeHead(200, { x: "y".repeat(100_000) }).end();
  await expect(ask(large)).rejects.toThrow("It could not be asked (HPE_HEADER_OVERFLOW).");
});

test("a connection that breaks off is told in our words", async () => {
  await expect(ask((request) => request.socket.destroy())).rejects.toThrow(
    "It could not be asked (ECONNRESET).",
  );
  const other: RequestListener = (request) =>
    request.socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
  await expect(ask(other)).rejects.toThrow("It could not be asked (no proper answer).");
});
