import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ATTACHMENT_BYTES_MAX } from "@/lib/attachments/schema";
import { sealSession } from "@/lib/auth/cookie";
import { newId } from "@/lib/db/id";
import { readLedger } from "@/lib/ledger/read";
import { type Asked, ask, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { fieldsOf, inputsOf, nameOf, type Place, withValue } from "@/lib/testing/fields";
import { expectProblem } from "@/lib/testing/problem";
import { ROUTE_TABLE } from "@/lib/testing/route-table";
import type { Row } from "@/lib/testing/routes/row";
import { fingerprint } from "@/lib/testing/tenant-tables";
import { aSession, aWorld, type World } from "@/lib/testing/world";

// Every refusal that does not depend on what a route is about, on every route that can give it.

const routes = await findRoutes();
const client = new Client({ connectionString: process.env.DATABASE_URL });
let world: World;
let session = "";

beforeAll(async () => {
  await client.connect();
  world = await aWorld();
  await readLedger(world.owner, async () => {});
});
afterAll(() => client.end());

const handlerOf = (route: RouteName) => routes.get(route)!;

async function send(route: RouteName, request: Request, params: Asked["params"] = {}) {
  return await ask(handlerOf(route), request, { params, sessionId: session });
}

const asking = (route: RouteName, asked: Asked) => send(route, requestOf(route, asked), asked.params);

/** The same request with other bytes as its body. */
function withBody(route: RouteName, asked: Asked, body: BodyInit, headers: Record<string, string> = {}) {
  const { body: _, file: __, ...rest } = asked;
  const request = requestOf(route, rest);
  const all = new Headers(request.headers);
  for (const [name, value] of Object.entries({ "Content-Type": "application/json", ...headers }))
    all.set(name, value);
  return new Request(request.url, {
    method: request.method,
    headers: all,
    body,
    duplex: "half",
  } as RequestInit);
}

const books = () => fingerprint(client, world.owner.organization.id, ["session"]);

const BAD = { status: 400, code: "invalid_input" } as const;
const owners = ROUTE_TABLE.filter(({ who, route }) => who.includes("owner") && handlerOf(route).input);
const takesBody = ({ route }: Row) => /^(POST|PUT|PATCH)/.test(route) && !handlerOf(route).upload;
const fieldName = (place: Place) => nameOf(place.slice(1));

async function rightRequest({ request }: Row): Promise<Asked> {
  session = await aSession(world, "owner");
  return await request(world, "owner");
}

describe.each(owners)("$route", (row) => {
  const { route } = row;
  // What is refused changes nothing, so one right request serves for all that is done wrong with it.
  let asked: Asked;
  let before: Awaited<ReturnType<typeof books>>;
  beforeAll(async () => {
    asked = await rightRequest(row);
    before = await books();
  });

  test("400 for a field that does not exist", async () => {
    const places: Place[] = takesBody(row) ? objectsIn(asked.body, ["body"]) : [["query"]];
    for (const place of places) {
      const answer = await asking(route, withValue(asked, [...place, "surprise"], "x"));
      expectProblem(answer, { ...BAD, fields: [fieldName([...place, "surprise"])] }, nameOf(place));
    }
  });

  test("400 for a version, or an id of the path, that stands among the fields", async () => {
    const where = takesBody(row) ? "body" : "query";
    for (const [name, value] of Object.entries({ version: asked.version ?? 1, ...asked.params })) {
      const { version: _, ...rest } = asked;
      const sent = name === "version" ? rest : asked;
      const twice = withValue(sent, [where, name], where === "query" ? String(value) : value);
      expectProblem(await asking(route, twice), { ...BAD, fields: [name] }, name);
    }
  });

  test("400 for a field that is missing, or of another type", async () => {
    const places = inputsOf(asked).filter(({ place }) => place[0] !== "params" && !freeForm(row, place));
    for (const name of requiredOf(row)) {
      if (asked.params?.[name] !== undefined || name === "version") continue;
      const place = [takesBody(row) ? "body" : "query", name];
      const answer = await asking(route, withValue(asked, place, undefined));
      expectProblem(answer, { ...BAD, fields: [name] }, name);
    }
    if (!takesBody(row)) return;
    for (const { place } of places) {
      const answer = await asking(route, withValue(asked, place, { not: "x" }));
      expectProblem(answer, BAD, nameOf(place));
      const named = Object.keys(answer.body.fields);
      expect([nameOf(place), named.some((name) => fieldName(place).startsWith(name))]).toEqual([
        nameOf(place),
        true,
      ]);
    }
  });

  test("400 for an id that is none", async () => {
    const ids = inputsOf(asked).filter(({ value }) => /^[0-9a-f]{8}-/.test(String(value)));
    for (const { place } of ids.filter((leaf) => !freeForm(row, leaf.place))) {
      for (const id of ["1", "../teams", "01a20b65-0c55-71a0-9998-7236e0e2501", `${newId()}0`, "' OR 1=1"]) {
        const answer = await asking(route, withValue(asked, place, id));
        expectProblem(answer, BAD, `${nameOf(place)} ${id}`);
      }
    }
  });

  test("400 for a cursor or a limit that is none", async () => {
    const fields = fieldsOf(handlerOf(route).input);
    if (!fields.includes("cursor")) return;
    const secret = (text: string) => Buffer.from(text).toString("base64url");
    const cursors = ["x", "0", "%", "2026-10-01_x", `2026-02-30_${newId()}`, secret("x"), newId().slice(1)];
    for (const cursor of [...cursors, secret(`1_${"-".repeat(36)}`), secret(`1e3_${newId()}`), "\u0000"])
      expectProblem(
        await asking(route, withValue(asked, ["query", "cursor"], cursor)),
        { ...BAD, fields: ["cursor"] },
        cursor,
      );
    for (const limit of ["0", "201", "-1", "1.5", "ten", "", "NaN", "1e9"])
      expectProblem(
        await asking(route, withValue(asked, ["query", "limit"], limit)),
        { ...BAD, fields: ["limit"] },
        limit,
      );
  });

  test("400, 413 and 415 for a body that cannot be read", async () => {
    if (!takesBody(row)) return;
    const { params } = asked;
    const broken = [
      "{",
      '{"a":}',
      "null",
      "[]",
      '"text"',
      "{}{}",
      "\uFEFF{",
      new Uint8Array([0x7b, 0xff, 0x7d]),
    ];
    for (const body of broken)
      expectProblem(await send(route, withBody(route, asked, body), params), BAD, String(body));
    const short = withBody(route, asked, "{}", { "Content-Length": "400" });
    expectProblem(await send(route, short, params), BAD, "cut short");

    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonx",
    ])
      expectProblem(
        await send(
          route,
          withBody(route, asked, JSON.stringify(asked.body), { "Content-Type": type }),
          params,
        ),
        { status: 415, code: "wrong_media_type" },
        type,
      );

    const announced = endless();
    const length = { "Content-Length": "50000000" };
    const tooLarge = { status: 413, code: "payload_too_large" } as const;
    expectProblem(await send(route, withBody(route, asked, announced.body, length), params), tooLarge);
    expect(announced.bytesSent()).toBeLessThan(200_000);
    const silent = endless();
    expectProblem(await send(route, withBody(route, asked, silent.body), params), tooLarge);
    expect(silent.bytesSent()).toBeLessThan(2_000_000);
  });

  test("403 for a change that another site asks for", async () => {
    if (route.startsWith("GET")) return;
    const foreign: Record<string, string>[] = [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://localhost:3000.evil.example" },
      { Origin: "https://localhost:3001" },
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { Origin: "", "Sec-Fetch-Site": "cross-site" },
    ];
    for (const headers of foreign)
      expectProblem(
        await asking(route, { ...asked, headers }),
        { status: 403, code: "forbidden" },
        JSON.stringify(headers),
      );
  });

  test("403 for what any site's form can send, where nothing says that it was ours", async () => {
    if (!route.startsWith("POST")) return;
    const types = ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""];
    for (const type of types)
      for (const site of [null, "none"]) {
        const headers = { Origin: "", "Content-Type": type, ...(site && { "Sec-Fetch-Site": site }) };
        expectProblem(
          await asking(route, { ...asked, headers }),
          { status: 403, code: "forbidden" },
          JSON.stringify(headers),
        );
      }
  });

  test("403 for a session's cookie where nothing says that it was ours", async () => {
    if (route.startsWith("GET")) return;
    const Cookie = `twoline.session=${await sealSession(session)}`;
    for (const site of [null, "none"]) {
      const headers = { Origin: "", Cookie, ...(site && { "Sec-Fetch-Site": site }) };
      expectProblem(
        await asking(route, { ...asked, headers }),
        { status: 403, code: "forbidden" },
        JSON.stringify(site),
      );
    }
  });

  test("412 for a version that is not the present one, 400 for none", async () => {
    if (asked.version === undefined) return;
    const { version: _, ...unversioned } = asked;
    const stale = await asking(route, { ...asked, version: asked.version! + 1 });
    expectProblem(stale, { status: 412, code: "stale_version" });
    expectProblem(await asking(route, unversioned), { ...BAD, fields: ["version"] });
    for (const header of ["1", '"x"', '""', '"-1"', '"1", "2"', "*"])
      expectProblem(
        await asking(route, { ...unversioned, headers: { "If-Match": header } }),
        { ...BAD, fields: ["If-Match"] },
        header,
      );
  });

  test("none of it changed anything", async () => {
    expect(await books()).toEqual(before);
  });

  test("the same request from our own site goes through", async () => {
    const headers = {
      Origin: "http://localhost:3000",
      Host: "localhost:3000",
      "Sec-Fetch-Site": "same-origin",
    };
    expect((await asking(route, { ...asked, headers })).status).toBe(row.status);
  });
});

const repeatable = owners.filter(({ route }) => {
  const { access, upload } = handlerOf(route);
  return route.startsWith("POST") && access !== "public" && !upload;
});

test.each(repeatable)(
  "$route gives the same answer for the same Idempotency-Key, 422 for another body",
  async (row) => {
    const { route } = row;
    const asked = { ...(await rightRequest(row)), headers: { "Idempotency-Key": newId() } };
    const first = await asking(route, asked);
    expect(first.status).toBe(row.status);
    const before = await books();
    const again = await asking(route, asked);
    const answered = ({ status, body, headers }: typeof first) => [status, body, headers.get("location")];
    expect(answered(again)).toEqual(answered(first));

    const other = withBody(route, asked, `${JSON.stringify(asked.body)} `, asked.headers);
    const conflict = { status: 422, code: "idempotency_conflict" } as const;
    expectProblem(await send(route, other, asked.params), conflict);
    for (const key of ["", "a b", "x".repeat(201), "é"])
      expectProblem(
        await asking(route, { ...asked, headers: { "Idempotency-Key": key } }),
        { ...BAD, fields: ["Idempotency-Key"] },
        key,
      );
    expect(await books()).toEqual(before);
  },
);

test("a name that JavaScript means something by is a field that does not exist", async () => {
  const asked = { ...(await rightRequest(ROUTE_TABLE.find((row) => row.route === "POST teams")!)) };
  const fields = JSON.stringify(asked.body).slice(1);
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const request = withBody("POST teams", asked, `{"${name}":{"name":"x"},${fields}`);
    expectProblem(await send("POST teams", request), { ...BAD, fields: [name] }, name);
  }
  expect(({} as { name?: string }).name).toBeUndefined();
});

test("413 for a file over the limit, without taking more of it than that", async () => {
  const upload = ROUTE_TABLE.find(({ route }) => handlerOf(route).upload)!;
  const { file: _, ...asked } = await rightRequest(upload);
  const before = await books();
  for (const [headers, bytesMax] of [
    [{ "Content-Length": "50000000" }, 200_000],
    [{}, ATTACHMENT_BYTES_MAX + 200_000],
  ] as const) {
    const { body, bytesSent } = endless();
    const request = withBody(upload.route, asked, body, { "Content-Type": "text/plain", ...headers });
    expectProblem(await send(upload.route, request, asked.params), {
      status: 413,
      code: "payload_too_large",
    });
    expect(bytesSent()).toBeLessThan(bytesMax);
  }
  expect(await books()).toEqual(before);
});

/** The objects inside of a body, each of which could carry a field too many. */
function objectsIn(value: unknown, place: Place): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, each]) =>
    key === "content" ? [] : objectsIn(each, [...place, Array.isArray(value) ? Number(key) : key]),
  );
  return Array.isArray(value) ? inner : [place, ...inner];
}

/** What a draft holds is as it was typed, so anything is right there. */
const freeForm = ({ route }: Row, place: Place): boolean =>
  route.includes("invoice-drafts") && place[1] === "content";

function requiredOf({ route }: Row): string[] {
  const { input } = handlerOf(route);
  const probe = input.safeParse({});
  const issues = probe.success ? [] : probe.error.issues;
  return [...new Set(issues.filter(({ path }) => path.length === 1).map(({ path }) => String(path[0])))];
}

/** Fifty megabytes that arrive bit by bit, and how many of them somebody took. */
function endless() {
  const chunk = new TextEncoder().encode("x".repeat(65_536));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= 50_000_000) return controller.close();
      sent += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  return { body, bytesSent: () => sent };
}
