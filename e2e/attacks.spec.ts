import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";

import { HEADERS } from "../scripts/headers.mjs";
import { apiOf, ORGANIZATION, OWNER, signIn } from "./support";

// What the framework under us was attacked by before, and what its version must not fall for; asked without a browser,
// which would not send most of it.

const at = (path: string) => new URL(`${process.env.TWOLINE_URL}${path}`);

/** Sends these bytes to the application as they are, and reads what comes until it hangs up. */
function raw(text: string, { halfClose = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const { port } = at("/");
    const socket = connect(Number(port), "127.0.0.1", () =>
      halfClose ? socket.end(text) : socket.write(text),
    );
    let answer = "";
    socket.setTimeout(30_000, () => socket.destroy());
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

/** That nothing of the books is in it. */
function expectNothingTold(answer: string, what: string): void {
  for (const secret of [ORGANIZATION, ORGANIZATION.replace("&", "&amp;"), OWNER.email])
    expect(answer, what).not.toContain(secret);
}

const cookieOf = async (page: Page) =>
  (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

test("no header that the framework sends to itself opens a page or a route", async () => {
  const chains = ["middleware", "src/middleware", "proxy", "src/proxy", "pages/_middleware"];
  const tricks: Record<string, string>[] = [
    ...chains.flatMap((name) =>
      [1, 5].map((times) => ({ "x-middleware-subrequest": Array(times).fill(name).join(":") })),
    ),
    { "x-middleware-rewrite": "/settings/access" },
    { "x-middleware-next": "1" },
    { "x-invoke-path": "/settings/access" },
    { "x-matched-path": "/settings/access" },
    { "x-nextjs-data": "1" },
    { "Next-Resume": "1" },
  ];
  for (const headers of tricks) {
    const what = JSON.stringify(headers);
    const page = await fetch(at("/settings/access"), { headers, redirect: "manual" });
    expect([what, page.status, page.headers.get("location")]).toEqual([what, 307, "/sign-in"]);
    expectNothingTold(await page.text(), what);
    expect((await fetch(at("/api/v1/users"), { headers })).status, what).toBe(401);
  }
});

test("no other way to write an address tells a stranger anything", async ({ page }) => {
  await signIn(page);
  const cookie = await cookieOf(page);
  const paths = [
    ...["/settings/access.rsc", "/settings/access.txt", "/settings/access/", "//settings/access"],
    ...[
      "/settings/access.segments/_tree.segment.rsc",
      "/settings/access;x",
      "/settings%2faccess",
      "/settings/%61ccess",
    ],
    ...[
      "/Settings/Access",
      "/./settings/access",
      "/settings/../settings/access",
      "/settings/access?_rsc=1abc",
    ],
    ...["/settings/access?nxtPid=1&nxtIid=1", "/settings/access?nextParamid=1", "/index/settings/access"],
    ...["/_next/data/x/settings/access.json", "/_next/image?url=%2Fsettings%2Faccess&w=64&q=75"],
    ...["/api/v1/users/", "/api/v1//users", "/api/v1/users;x", "/api/v1/%75sers", "/api/v1/users.rsc"],
  ];
  const ways: Record<string, string>[] = [
    {},
    { RSC: "1" },
    { RSC: "1", "Next-Router-Prefetch": "1", "Next-Router-Segment-Prefetch": "/_tree" },
    { RSC: "1", "Next-Router-Segment-Prefetch": "/_full" },
  ];
  for (const path of paths)
    for (const headers of ways) {
      const what = `${path} ${JSON.stringify(headers)}`;
      const answer = await fetch(at(path), { headers, redirect: "manual" });
      expectNothingTold(await answer.text(), what);
      expect(answer.status, what).toBeLessThan(500);
      expect(answer.headers.get("x-content-type-options"), what).toBe("nosniff");
    }
  // Whoever is signed in does read it there, so that there was something to tell.
  const users = await (await fetch(at("/api/v1/users"), { headers: { cookie } })).text();
  expect(users).toContain(OWNER.email);
});

test("what looks like a Server Action is refused at once, and the process goes on", async () => {
  const cyclic = `0="$1"\r\n1={"a":"$0","then":"$1:a"}`;
  const bodies: [string, BodyInit][] = [
    ["text/plain;charset=UTF-8", "[]"],
    ["text/plain;charset=UTF-8", `["$1:__proto__:constructor:constructor","$@0"]`],
    [
      "multipart/form-data; boundary=x",
      `--x\r\nContent-Disposition: form-data; name="0"\r\n\r\n${cyclic}\r\n--x--\r\n`,
    ],
    ["application/octet-stream", randomBytes(1_000_000)],
  ];
  for (const path of ["/", "/sign-in", "/budget", "/api/docs", "/api/v1/session"])
    for (const [type, body] of bodies)
      for (const action of ["7f0000000000000000000000000000000000000000", "x", null]) {
        const start = Date.now();
        const headers = { "Content-Type": type, ...(action !== null && { "Next-Action": action }) };
        const status = await fetch(at(path), { method: "POST", headers, body, redirect: "manual" }).then(
          (answer) => answer.status,
          // The other side may hang up before it took a megabyte.
          () => 400,
        );
        expect([path, type, action, status >= 400 && status < 500]).toEqual([path, type, action, true]);
        expect(Date.now() - start).toBeLessThan(2_000);
      }
  expect((await fetch(at("/healthz"))).status).toBe(200);
});

test("an upgrade is not passed on to anywhere", async () => {
  const { host } = at("/");
  const upgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  for (const address of ["/", "/_next/webpack-hmr", `http://${host}/healthz`, "http://127.0.0.1:1/"])
    expect(await raw(`GET ${address} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`), address).toMatch(
      /^HTTP\/1.1 400 /,
    );
});

test("every kind of answer carries the headers", async ({ page }) => {
  await signIn(page);
  const cookie = await cookieOf(page);
  const chunk = readdirSync(".next/static/chunks").find((name) => name.endsWith(".js"));
  const asked: [string, number, RequestInit?][] = [
    ["/", 307],
    ["/budget", 200, { headers: { cookie } }],
    ["/sign-in", 200],
    ["/nowhere", 404],
    ["/%", 404],
    ["/icon.svg", 200],
    [`/_next/static/chunks/${chunk}`, 200],
    ["/_next/static/nothing.js", 404],
    ["/healthz", 200],
    ["/readyz", 200],
    ["/api/nothing", 404],
    ["/api/v1/users", 401],
    ["/api/v1/users", 200, { headers: { cookie } }],
    ["/api/v1/setup", 405],
    ["/api/v1/reports/budget.csv?from=2026-01&to=2026-02", 200, { headers: { cookie } }],
    ["/api/v1/session", 403, { method: "POST", headers: { Origin: "https://evil.example" } }],
    ["/api/auth/signout", 403, { method: "POST", headers: { cookie, Origin: "https://evil.example" } }],
    ["/api/auth/csrf", 200],
    ["/budget", 405, { method: "POST" }],
    ["/budget", 400, { method: "POST", headers: { "Next-Action": "x" } }],
  ];
  const { "Content-Security-Policy": nothing, ...others } = HEADERS;
  for (const [path, status, init] of asked) {
    const { status: got, headers } = await fetch(at(path), { redirect: "manual", ...init });
    expect([path, got]).toEqual([path, status]);
    for (const [name, value] of Object.entries(others))
      expect([path, name, headers.get(name)]).toEqual([path, name, value]);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy === nothing || /'strict-dynamic'/.test(policy), `${path}: ${policy}`).toBe(true);
    expect(headers.get("x-powered-by"), path).toBeNull();
    if (init?.headers && "cookie" in init.headers)
      expect(headers.get("cache-control"), path).toMatch(/private.*no-store/);
  }
});

test("a body that ends early is never taken for a whole one", async ({ page }) => {
  await signIn(page);
  const { host, origin } = at("/");
  const head = (path: string, type: string, length: string) =>
    `POST /api/v1/${path} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: ${type}\r\n${length}\r\nConnection: close\r\n`;
  const cookie = `Cookie: ${await cookieOf(page)}\r\n\r\n`;
  const files = async () => (await apiOf(page).get<{ data: unknown[] }>("imports")).data.length;
  const before = await files();
  for (const [path, type, body] of [
    ["teams", "application/json", `{"name":"Cut","code":"CUT"}`],
    ["imports?fileName=cut.csv", "text/csv", "usage_date_utc,model\n"],
  ] as const) {
    const short = await raw(`${head(path, type, "Content-Length: 5000")}${cookie}${body}`, {
      halfClose: true,
    });
    expect(short, path).not.toMatch(/^HTTP\/1.1 2/);
    const chunked = `${head(path, type, "Transfer-Encoding: chunked")}${cookie}${body.length.toString(16)}\r\n${body}`;
    expect(await raw(chunked, { halfClose: true }), path).not.toMatch(/^HTTP\/1.1 2/);
  }
  expect(await files()).toBe(before);
});

test("a large file arrives whole", async ({ page }) => {
  await signIn(page);
  const line = "2026-10-02,Claude Opus 4.5,prod,a key,message,output,1.00\n";
  const start = "usage_date_utc,model,workspace,api_key,usage_type,token_type,cost_usd\n";
  const text = start + line.repeat(Math.ceil(12_000_000 / line.length));
  const headers = { "Content-Type": "text/csv", Origin: at("/").origin };
  const answer = await page.request.post("/api/v1/imports?fileName=large.csv", { headers, data: text });
  expect(answer.status()).toBe(201);
  const { id } = await answer.json();
  const { sizeBytes } = await apiOf(page).get<{ sizeBytes: number }>(`imports/${id}`);
  expect(sizeBytes).toBe(Buffer.byteLength(text));
  // It cannot be thrown away while it is read.
  const remove = async () => (await page.request.delete(`/api/v1/imports/${id}`, { headers })).status();
  await expect.poll(remove, { timeout: 60_000 }).toBe(204);
});

test("what the browser is given holds no secret, no server code and no map of the source", () => {
  const files = readdirSync(".next/static", { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.\w+$/.test(name),
  );
  expect(files.filter((name) => name.endsWith(".js")).length).toBeGreaterThan(20);
  expect(files.filter((name) => name.endsWith(".map"))).toEqual([]);
  const inside =
    /sourceMappingURL=(?!data:)\S+\.map|DATABASE_URL|NEXTAUTH_SECRET|TWOLINE_\w+|postgres(ql)?:\/\/|twoline_app|\$argon2|PrismaClient|only-for-tests|BEGIN [A-Z ]*PRIVATE KEY|\/node_modules\/(?!next\/dist)/;
  const found = files.flatMap((name) => {
    const [text] = inside.exec(readFileSync(join(".next/static", name), "latin1")) ?? [];
    return text === undefined ? [] : [`${name}: ${text}`];
  });
  expect(found).toEqual([]);
});
