import { beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";

import { DomainError } from "@/lib/domain/errors";
import { log } from "@/lib/http/log";
import { takePolicyReport } from "@/lib/http/policy-reports";
import { ask, requestOf } from "@/lib/testing/ask";
import { leavesOf } from "@/lib/testing/fields";
import { logged } from "@/lib/testing/log-lines";
import { ASKERS, LogScan } from "@/lib/testing/log-scan";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import { aWorld } from "@/lib/testing/world";

vi.mock("pino", async (importOriginal) =>
  (await import("@/lib/testing/log-lines")).collecting(await importOriginal()),
);

// After `ask`, which stands in for what gives a route its cookies.
const { publicRoute } = await import("@/lib/http/route");
let scan: LogScan;

beforeAll(async () => {
  scan = new LogScan(await aWorld());
  await scan.askAll(checkKept);
}, 300_000);

/** Nothing of what somebody signed in reads stays in a cache that another may read. */
const loose: string[] = [];
const unnamed: string[] = [];
/** What no answer tells of a record, to whoever it is. */
const HIDDEN = /hash$|(?<!un)sealed$|^pseudonymKey$/i;
const told: string[] = [];
function checkKept(
  route: string,
  { headers, body }: { readonly headers: Headers; readonly body: unknown },
): void {
  const names = leavesOf(body).flatMap(({ place }) => place.map(String));
  for (const name of names) if (HIDDEN.test(name)) told.push(`${route}: ${name}`);
  if (route !== "GET openapi.json") {
    if (headers.get("cache-control") !== "private, no-store") loose.push(route);
    if (!/^[0-9a-f-]{36}$/.test(headers.get("x-request-id") ?? "")) unnamed.push(route);
  }
}

test("every answer is for its reader alone, and has an id", () => {
  expect(loose).toEqual([]);
  expect(unnamed).toEqual([]);
});

test("no answer tells a hash of a secret, or what is sealed", () => {
  // The trail's own hashes prove it, and are no secret's.
  expect([...new Set(told)].filter((each) => !/audit.*: (previous)?hash$/i.test(each))).toEqual([]);
});

test("every request is a line of JSON with its id, its path and its status", () => {
  const lines = logged.map((line) => JSON.parse(line));
  const requests = lines.filter(({ msg }) => msg === "request");
  expect(requests.length).toBeGreaterThan(ROUTE_TABLE.length * ASKERS.length - 10);
  for (const line of requests)
    expect(line).toMatchObject({
      time: expect.stringMatching(/^\d{4}-/),
      level: expect.stringMatching(/^(info|warn)$/),
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      method: expect.stringMatching(/^[A-Z]+$/),
      path: expect.stringMatching(/^\/api\/v1\/[^?]*$/),
      status: expect.any(Number),
    });
  expect(
    requests.filter(({ status }) => status >= 500).map(({ method, path }) => `${method} ${path}`),
  ).toEqual([]);
});

test("whoever is refused for who they are is told at a level that is always kept, with where they asked from", () => {
  const refused = logged
    .map((line) => JSON.parse(line))
    .filter(({ status }) => status === 403 || status === 429);
  expect(refused.length).toBeGreaterThan(50);
  for (const line of refused) expect(line).toMatchObject({ level: "warn", from: null });
});

test("no password, session, token or key is in any of them", () => {
  expect(scan.secrets.size).toBeGreaterThan(50);
  expect(logged.join("").length).toBeGreaterThan(10_000);
  expect(scan.foundIn(logged)).toEqual([]);
  // It would find one.
  const [secret = ""] = scan.secrets;
  expect(
    scan.foundIn([
      `{"msg":"${secret}"}
`,
    ]),
  ).toEqual([secret]);
});

test("an error of ours is told as nothing but its id, under which the log has it whole, on one line", async () => {
  const inside = `SELECT "password" at /srv/app/x.ts:1\n{"level":"info","msg":"forged"}\u001b[31m\u009b2J\u2028\u202e`;
  const broken = publicRoute(z.object({}), async () => {
    throw Object.assign(new Error(inside), { code: "P2010", meta: { query: "INSERT secret" } });
  });
  const before = logged.length;
  const answer = await ask(broken, requestOf("GET broken", {}), { sessionId: null });
  expect(answer.status).toBe(500);
  expect(answer.body).toEqual({
    type: "about:blank",
    title: "Internal error",
    status: 500,
    detail: "Something went wrong on our side. Nothing was changed.",
    code: "internal",
    requestId: answer.headers.get("x-request-id"),
  });
  const lines = logged.slice(before);
  expect(lines.map((line) => JSON.parse(line).requestId)).toEqual([
    answer.body.requestId,
    answer.body.requestId,
  ]);
  expect(lines[0]).toContain("SELECT");
  expect(lines[0]).not.toContain("INSERT secret");
  for (const line of lines) expect(line).toMatch(/^[^\p{Cc}\u2028\u202e]*\n$/u);
});

test("whatever else is thrown is told as nothing too", async () => {
  for (const thrown of [
    "text",
    null,
    undefined,
    { password: "x" },
    new DomainError("not_found", "It is not there."),
  ]) {
    const broken = publicRoute(z.object({}), () => Promise.reject(thrown));
    const { status, body } = await ask(broken, requestOf("GET broken", {}), { sessionId: null });
    expect([status, JSON.stringify(body).includes("password")]).toEqual([
      thrown instanceof DomainError ? 404 : 500,
      false,
    ]);
  }
});

test("what the log is told to keep to itself it keeps to itself", () => {
  const before = logged.length;
  log.info({ user: { password: "p4ss", token: "t0ken", cookie: "c00kie", authorization: "4uth" } }, "try");
  expect(logged.slice(before).join("")).not.toMatch(/p4ss|t0ken|c00kie|4uth/);
});

test("reports of a page's policy are kept short, few, and without the addresses that people look at", async () => {
  const report = (body: unknown) =>
    takePolicyReport(
      new Request("http://localhost/api/csp-reports", { method: "POST", body: JSON.stringify(body) }),
    );
  const blocked = "https://evil.example/x?secret=1";
  const before = logged.length;
  const one = { "csp-report": { "effective-directive": "script-src", "blocked-uri": blocked } };
  expect((await report(one)).status).toBe(204);
  expect((await report([{ body: { effectiveDirective: "style-src", blockedURL: blocked } }])).status).toBe(
    204,
  );
  const lines = logged.slice(before).map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { level: "warn", directive: "script-src", blocked: "https://evil.example" },
    { level: "warn", directive: "style-src", blocked: "https://evil.example" },
  ]);
  for (let times = 0; times < 100; times++) await report(one);
  expect(logged.length - before).toBeLessThan(50);
  for (const wrong of [null, [], {}, "x".repeat(20_000)]) expect((await report(wrong)).status).toBe(400);
});
