import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { GET, POST } from "@/app/api/auth/[...nextauth]/route";
import { openSession } from "@/lib/auth/cookie";
import { findIdentity } from "@/lib/auth/data";
import { newId } from "@/lib/db/id";
import { previewInvitation } from "@/lib/invitations/acceptance";
import { invite } from "@/lib/invitations/service";
import type { ConnectionInput } from "@/lib/single-sign-on/schema";
import { changeConnection, createConnection, endConnection } from "@/lib/single-sign-on/service";
import { ask, asSession, findRoutes, type RouteName, requestOf } from "@/lib/testing/ask";
import { aCookieJar } from "@/lib/testing/browsing";
import { anOpenIdProvider, CLIENT, type Person } from "@/lib/testing/open-id-provider";
import { expectProblem } from "@/lib/testing/problem";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aColleague, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

// Signing in through a real OpenID provider, and everything that a provider, or whoever stands between, must not do
// (security rows S12 to S14).

const BASE = "http://localhost:3000";
const routes = await findRoutes();
type OpenIdProvider = Awaited<ReturnType<typeof anOpenIdProvider>>;
let provider: OpenIdProvider;
let world: World;
let connectionId: string;
let otherConnectionId: string;

const connection = (change: Partial<ConnectionInput> = {}): ConnectionInput => ({
  kind: "oidc",
  name: "Acme Login",
  issuer: provider.issuer,
  ...CLIENT,
  domains: [{ domain: "acme.example", enforced: false }],
  admitsNewcomers: true,
  ...change,
});

beforeAll(async () => {
  provider = await anOpenIdProvider();
  vi.stubEnv("TWOLINE_ALLOWED_HOSTS", provider.host);
  world = await aWorld();
  ({ id: connectionId } = await createConnection(world.owner, connection()));
  const second = connection({ name: "Second", domains: [{ domain: "second.example", enforced: false }] });
  ({ id: otherConnectionId } = await createConnection(world.owner, second));
  provider.serve([connectionId, otherConnectionId].map((id) => `${BASE}/api/auth/callback/${id}`));
});
beforeEach(() => provider.discovered((said) => said));
afterAll(() => {
  vi.unstubAllEnvs();
  provider.close();
});

const ours = (method: "GET" | "POST", url: string, init: RequestInit) => {
  const nextauth = new URL(url).pathname.split("/").slice(3);
  return (method === "GET" ? GET : POST)(new Request(url, { method, ...init }), {
    params: Promise.resolve({ nextauth }),
  });
};

type Browser = ReturnType<typeof aBrowser>;

function aBrowser() {
  const jar = aCookieJar();
  const cookies = (url: string) => ({ cookie: jar.header(url), "user-agent": "test" });
  return {
    jar,
    async get(url: string): Promise<Response> {
      const at = url.startsWith(BASE) ? ours : null;
      const init = { headers: cookies(url), redirect: "manual" as const };
      return jar.take(url, at ? await at("GET", url, init) : await fetch(url, init));
    },
    async post(url: string, fields: Record<string, string>): Promise<Response> {
      const body = new URLSearchParams(fields);
      return jar.take(url, await ours("POST", url, { headers: { ...cookies(url), origin: BASE }, body }));
    },
  };
}

/** From our sign-in page to the provider's: the address that the browser is sent to. */
async function leave(
  browser: Browser,
  { id = connectionId, callbackUrl = `${BASE}/budget` } = {},
): Promise<string> {
  const { csrfToken } = await (await browser.get(`${BASE}/api/auth/csrf`)).json();
  const sent = await browser.post(`${BASE}/api/auth/signin/${id}`, { csrfToken, callbackUrl, json: "true" });
  return ((await sent.json()) as { url: string }).url;
}

/** Through the provider's pages, to the address that it sends the browser back to. */
async function through(browser: Browser, url: string): Promise<string> {
  let at = url;
  for (let step = 0; step < 10 && !at.startsWith(BASE); step++) {
    const answer = await browser.get(at);
    const location = answer.headers.get("location");
    if (!location) throw new Error(`${answer.status} at ${at}: ${await answer.text()}`);
    at = new URL(location, at).href;
  }
  return at;
}

type Way = {
  readonly id?: string;
  readonly callbackUrl?: string;
  readonly back?: (url: URL, browser: Browser) => void;
};

/** All of it: where the browser ends, and who it is signed in as. */
async function arriveAs(person: Person, way: Way = {}, browser = aBrowser()) {
  provider.be(person);
  return await arriveWith(way, browser);
}

async function arriveWith({ back, ...way }: Way = {}, browser = aBrowser()) {
  const url = new URL(await through(browser, await leave(browser, way)));
  back?.(url, browser);
  const answer = await browser.get(url.href);
  const location = answer.headers.get("location") ?? "";
  const sessionId = await openSession(browser.jar.get(BASE, "twoline.session"));
  const identity = sessionId === null ? null : await findIdentity(sessionId, new Date());
  return { location, identity, browser, url };
}

let people = 0;
const aPerson = (change: Partial<Person> = {}): Person => {
  const number = ++people;
  const email = `person-${number}@acme.example`;
  return { sub: `subject-${number}`, email, email_verified: true, name: `Person ${number}`, ...change };
};
const refusedFor = (why: string) => `${BASE}/sign-in?refused=${why}`;
const asking = (route: RouteName, asked: object, cookie = "") =>
  ask(routes.get(route)!, requestOf(route, { ...asked, headers: { Cookie: cookie } }), { sessionId: null });
const signsIn = (email: string, more: object = {}, cookie = "") =>
  asking("POST session", { body: { email, password: PASSWORD, ...more } }, cookie);
const countUsers = async (email: string) => {
  const { rows } = await asSuperuser((client) =>
    client.query("SELECT count(*)::int AS count FROM app_user WHERE email = $1", [email]),
  );
  return rows[0].count;
};
const setEmail = (userId: string, email: string) =>
  asSuperuser((client) => client.query("UPDATE app_user SET email = $2 WHERE id = $1", [userId, email]));
/** A colleague with an address at Acme and a password. */
async function aColleagueAtAcme() {
  await givePassword(world);
  const userId = await aColleague(world);
  const email = `colleague-${userId}@acme.example`;
  await setEmail(userId, email);
  await asSuperuser((client) =>
    client.query(
      "UPDATE app_user SET password_hash = (SELECT password_hash FROM app_user WHERE id = $2) WHERE id = $1",
      [userId, world.owner.actor.userId],
    ),
  );
  return { userId, email };
}

describe("somebody whom the provider vouches for", () => {
  test("joins as a member, and comes back as the same person, whatever their address is then", async () => {
    const person = aPerson();
    const { location, identity, url } = await arriveAs(person);
    expect(location).toBe(`${BASE}/budget`);
    expect(identity).toMatchObject({
      user: { email: person.email, name: person.name },
      actor: { roles: ["member"] },
    });
    expect([...url.searchParams.keys()]).toEqual(expect.arrayContaining(["code", "state", "iss"]));
    const again = await arriveAs({ ...person, email: "renamed@acme.example", email_verified: false });
    expect(again.identity?.user.id).toBe(identity?.user.id);
    expect(again.identity?.sessionId).not.toBe(identity?.sessionId);
  });

  test("joins as invited", async () => {
    const person = aPerson();
    const invited = { email: person.email, name: "Gil", roles: ["finance" as const] };
    const invitation = { ...invited, teamIds: [], memberId: null, roleEndsOn: null };
    const { link } = await invite(world.owner, invitation);
    // The link leads through the provider too, and what was invited so is taken by it.
    const preview = () => previewInvitation(link?.split("/").at(-1) ?? "", new Date());
    const provider = { id: connectionId, name: "Acme Login" };
    expect(await preview()).toMatchObject({ asks: "new_password", provider });
    const { identity } = await arriveAs(person);
    expect(identity).toMatchObject({ user: { name: "Gil" }, actor: { roles: ["finance"] } });
    expect(await preview()).toBeNull();

    // Other books do not trust it with anybody.
    const { owner: elsewhere } = await aWorld();
    const { link: other } = await invite(elsewhere, invitation);
    expect(await previewInvitation(other?.split("/").at(-1) ?? "", new Date())).toMatchObject({
      ...{ asks: "provider", provider: null },
    });
  });

  test("is refused where nobody invited them and newcomers are not taken", async () => {
    const before = await changedConnection({ admitsNewcomers: false });
    const person = aPerson();
    expect(await arriveAs(person)).toMatchObject({ location: refusedFor("not_invited"), identity: null });
    expect(await countUsers(person.email)).toBe(0);
    await changedConnection({ admitsNewcomers: before.admitsNewcomers });
  });

  test("is refused after they were removed", async () => {
    const person = aPerson();
    const { identity } = await arriveAs(person);
    await asSuperuser((client) =>
      client.query("DELETE FROM organization_role WHERE user_id = $1", [identity?.user.id]),
    );
    expect(await arriveAs(person)).toMatchObject({ location: refusedFor("no_access"), identity: null });
  });
});

describe("somebody who came through the provider and has no password", () => {
  /** Notes that its person goes to the provider for a proof, as the page does. */
  async function notes(browser: Browser): Promise<void> {
    const asked = requestOf("PUT session/provider-proof", { headers: { Cookie: browser.jar.header(BASE) } });
    const noted = await asSession(await sessionIn(browser), () =>
      routes.get("PUT session/provider-proof")!(asked, { params: Promise.resolve({}) }),
    );
    expect(noted.status).toBe(204);
    browser.jar.take(BASE, noted);
  }
  const provesAgain = async (browser: Browser) => {
    await notes(browser);
    return await arriveWith({ callbackUrl: `${BASE}/settings/tokens` }, browser);
  };
  const sessionIn = (browser: Browser) => openSession(browser.jar.get(BASE, "twoline.session"));
  const aStaleBrowser = async (person: Person) => {
    const { browser } = await arriveAs(person);
    const stale =
      "UPDATE session SET created_at = now() - interval '2 hours', proven_at = now() - interval '2 hours' WHERE id = $1";
    const id = await sessionIn(browser);
    await asSuperuser((client) => client.query(stale, [id]));
    return browser;
  };
  const endsOthers = async (browser: Browser) =>
    (
      await ask(routes.get("DELETE sessions")!, requestOf("DELETE sessions", {}), {
        sessionId: await sessionIn(browser),
      })
    ).status;

  test("proves once more who they are there, and is asked for it anew", async () => {
    const browser = await aStaleBrowser(aPerson());
    const before = await sessionIn(browser);
    const account = requestOf("GET account", {});
    const { body } = await ask(routes.get("GET account")!, account, { sessionId: before });
    expect(body).toMatchObject({
      ...{ hasPassword: false, provider: { id: connectionId, name: "Acme Login" } },
    });
    expect(await endsOthers(browser)).toBe(403);
    const { location, identity } = await provesAgain(browser);
    expect(location).toBe(`${BASE}/settings/tokens`);
    expect(identity?.sessionId).not.toBe(before);
    expect(await endsOthers(browser)).toBe(204);
    expect(browser.jar.get(BASE, "twoline.proof")).toBeUndefined();
  });

  const notProven = (why: string) => ({ location: `${BASE}/settings/account?refused=${why}` });
  test.each([
    ["says when it was, long ago", { auth_time: Math.floor(Date.now() / 1_000) - 3_600 }],
    ["does not say when it was", { auth_time: undefined }],
    ["says it in words", { auth_time: "now" }],
  ])("has proved nothing where the provider %s", async (_how, change) => {
    const person = aPerson();
    const browser = await aStaleBrowser(person);
    provider.be(person, (claims) => ({ ...claims, ...change }));
    expect(await provesAgain(browser)).toMatchObject(notProven("not_fresh"));
    expect(await endsOthers(browser)).toBe(403);
  });

  test("cannot be proved by somebody else, and what was noted does not outlive the session", async () => {
    const [person, next] = [aPerson(), aPerson()];
    const browser = await aStaleBrowser(person);
    provider.be(person, (claims) => ({ ...claims, ...next }));
    expect(await provesAgain(browser)).toMatchObject(notProven("other_person"));
    expect(await endsOthers(browser)).toBe(403);

    // Signed out with a proof noted, whoever comes next signs in as anybody does.
    await notes(browser);
    browser.jar.set(BASE, "twoline.session", "");
    const { location, identity } = await arriveWith({}, browser);
    expect([location, identity?.user.email]).toEqual([`${BASE}/budget`, next.email]);
  });
});

async function changedConnection(change: object, id = connectionId) {
  const { rows } = await asSuperuser((client) =>
    client.query("SELECT version, admits_newcomers FROM sign_in_connection WHERE id = $1", [id]),
  );
  await changeConnection(world.owner, { id, version: rows[0].version, ...change });
  return { admitsNewcomers: rows[0].admits_newcomers as boolean };
}

describe("an address that the provider does not vouch for", () => {
  test.each([
    ["unverified", { email_verified: false }],
    ["domain", { email: "eve@evil.example" }],
    ["domain", { email: "eve@acme.example.evil.example" }],
    ["unverified", { email: '"eve@evil.example"@acme.example' }],
    ["unverified", { email: "eve＠acme.example" }],
    ["unverified", { email: "eve@acme.example, boss@acme.example" }],
    ["unverified", { email: "" }],
  ])("is refused: %s %j", async (why, change) => {
    const person = aPerson(change);
    expect(await arriveAs(person)).toMatchObject({ location: refusedFor(why), identity: null });
    expect(await countUsers(person.email.toLowerCase())).toBe(0);
  });

  test("is one with its other spellings", async () => {
    const person = aPerson();
    const { identity } = await arriveAs({ ...person, email: person.email.toUpperCase() });
    expect(identity?.user.email).toBe(person.email);
  });
});

describe("an answer that is not the provider's, or not to this question", () => {
  const refusedAnyhow = async (way: Way) => {
    const { location, identity } = await arriveAs(aPerson(), way);
    expect(identity).toBeNull();
    expect(location).toMatch(/^http:\/\/localhost:3000\/(api\/auth\/error|sign-in)\?/);
  };

  test("with another state, or none, is refused", async () => {
    await refusedAnyhow({ back: (url) => url.searchParams.set("state", "x".repeat(43)) });
    await refusedAnyhow({ back: (url) => url.searchParams.delete("state") });
  });

  test.each(["next-auth.state", "next-auth.nonce", "next-auth.pkce.code_verifier"])(
    "in a browser without %s, or with a planted one, is refused",
    async (name) => {
      await refusedAnyhow({ back: (_, { jar }) => jar.set(BASE, name, "") });
      const stranger = aBrowser();
      await leave(stranger);
      await refusedAnyhow({ back: (_, { jar }) => jar.set(BASE, name, stranger.jar.get(BASE, name) ?? "") });
    },
  );

  test("that says another issuer sent it is refused", async () => {
    await refusedAnyhow({ back: (url) => url.searchParams.set("iss", "https://evil.example") });
  });

  test("at another connection's address is refused", async () => {
    await refusedAnyhow({ back: (url) => (url.pathname = `/api/auth/callback/${otherConnectionId}`) });
  });

  test("is taken once", async () => {
    const { browser, url, identity } = await arriveAs(aPerson());
    expect(identity).not.toBeNull();
    browser.jar.set(BASE, "twoline.session", "");
    await browser.get(url.href);
    expect(await openSession(browser.jar.get(BASE, "twoline.session"))).toBeNull();
  });

  test.each([
    ["nonce", { nonce: "another" }],
    ["no nonce", { nonce: undefined }],
    ["audience", { aud: "somebody else" }],
    ["audience among others", { aud: ["twoline", "somebody else"], azp: "somebody else" }],
    ["issuer", { iss: "https://evil.example" }],
    ["age", { exp: 1_700_000_000 }],
    ["no subject", { sub: undefined }],
  ])("signed with the wrong %s is refused", async (_, change) => {
    provider.be(aPerson(), (claims) => ({ ...claims, ...change }));
    const { identity, location } = await arriveWith();
    expect(identity).toBeNull();
    expect(location).toMatch(/error|refused/);
  });

  test("is the same signed claims, and is taken, when nothing is wrong with them", async () => {
    provider.be(aPerson(), (claims) => ({ ...claims }));
    expect((await arriveWith()).identity).not.toBeNull();
  });
});

describe("an account of the same address", () => {
  test("is never connected by itself, but after its holder signs in to it once more, and then for good", async () => {
    const { userId, email } = await aColleagueAtAcme();
    const person = aPerson({ email });
    const arrived = await arriveAs(person);
    expect(arrived).toMatchObject({ location: `${BASE}/sign-in?connect=1`, identity: null });
    expect((await arriveAs(person)).identity).toBeNull();

    const cookie = arrived.browser.jar.header(BASE);
    // Signing in without asking for it connects nothing.
    expect((await signsIn(email, {}, cookie)).status).toBe(200);
    expect((await arriveAs(person)).identity).toBeNull();
    expect((await signsIn(email, { password: "wrong password", connect: true }, cookie)).status).toBe(401);
    expect((await arriveAs(person)).identity).toBeNull();

    const connected = await signsIn(email, { connect: true }, cookie);
    expect(connected.status).toBe(200);
    expect(connected.headers.getSetCookie().join()).toMatch(/twoline\.link=; .*Max-Age=0/);
    expect((await arriveAs(person)).identity?.user.id).toBe(userId);
  });

  test("of a second person of that address at the provider is not theirs", async () => {
    const { email } = await aColleagueAtAcme();
    const [first, second] = [aPerson({ email }), aPerson({ email })];
    const { browser } = await arriveAs(first);
    await signsIn(email, { connect: true }, browser.jar.header(BASE));
    expect((await arriveAs(first)).identity).not.toBeNull();
    expect(await arriveAs(second)).toMatchObject({ location: `${BASE}/sign-in?connect=1`, identity: null });
  });

  test("is connected by nobody else's sign-in, and by no cookie that is not ours", async () => {
    const [one, two] = [await aColleagueAtAcme(), await aColleagueAtAcme()];
    const person = aPerson({ email: one.email });
    const { browser } = await arriveAs(person);
    expect((await signsIn(two.email, { connect: true }, browser.jar.header(BASE))).status).toBe(200);
    expect((await signsIn(one.email, { connect: true }, "twoline.link=eyJhbGciOiJub25lIn0..x")).status).toBe(
      200,
    );
    expect((await arriveAs(person)).identity).toBeNull();
  });
});

describe("where a provider is the only way in", () => {
  let enforced: string;
  beforeAll(async () => {
    const input = connection({ domains: [{ domain: "enforced.example", enforced: false }] });
    ({ id: enforced } = await createConnection(world.owner, input));
    provider.serve(
      [connectionId, otherConnectionId, enforced].map((id) => `${BASE}/api/auth/callback/${id}`),
    );
  });

  test("it was used once before, so that nobody is locked out by a mistake", async () => {
    const only = { domains: [{ domain: "enforced.example", enforced: true }] };
    await expect(changedConnection(only, enforced)).rejects.toMatchObject({ code: "connection_unproven" });
    await arriveAs(aPerson({ email: "first@enforced.example" }), { id: enforced });
    await changedConnection(only, enforced);
    const door = await asking("POST single-sign-on", { body: { email: "whoever@enforced.example" } });
    expect(door.body).toEqual({ connection: { id: enforced, name: "Acme Login" }, enforced: true });
  });

  test("a password is refused, right or wrong, known or unknown, in the same words", async () => {
    const { userId } = await aColleagueAtAcme();
    const email = `m-${userId}@enforced.example`;
    await setEmail(userId, email);
    const [right, wrong, unknown] = [
      await signsIn(email),
      await signsIn(email, { password: "wrong password" }),
      await signsIn("nobody@enforced.example"),
    ];
    expectProblem(right, { status: 403, code: "single_sign_on_required" });
    expect([wrong.body, unknown.body]).toEqual([right.body, right.body]);
    expect(right.headers.getSetCookie()).toEqual([]);
  });

  test("an owner's password opens still, which the trail tells; who belongs elsewhere is not concerned", async () => {
    await givePassword(world);
    await setEmail(world.owner.actor.userId, "owner@enforced.example");
    expect((await signsIn("owner@enforced.example")).status).toBe(200);
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT 1 FROM audit_event WHERE action = 'user.break_glass'"),
    );
    expect(rows).toHaveLength(1);

    const elsewhere = await aWorld();
    await givePassword(elsewhere);
    await setEmail(elsewhere.owner.actor.userId, "elsewhere@enforced.example");
    expect((await signsIn("elsewhere@enforced.example")).status).toBe(200);
  });
});

describe("an organization's provider", () => {
  test("lets nobody into another organization of theirs", async () => {
    const other = await aWorld();
    const { userId, email } = await aColleagueAtAcme();
    await asSuperuser((client) =>
      client.query("INSERT INTO organization_role VALUES ($1, $2, 'member', NULL, now())", [
        other.owner.organization.id,
        userId,
      ]),
    );
    const person = aPerson({ email });
    const { browser } = await arriveAs(person);
    await signsIn(email, { connect: true }, browser.jar.header(BASE));
    const { identity } = await arriveAs(person);
    const route = "PUT session" as const;
    const body = { organizationId: other.owner.organization.id };
    const switched = await ask(routes.get(route)!, requestOf(route, { body }), {
      sessionId: identity?.sessionId ?? "",
    });
    expectProblem(switched, { status: 403, code: "forbidden" });
  });

  test("serves no domain that another one serves", async () => {
    const other = await aWorld();
    await expect(createConnection(other.owner, connection())).rejects.toMatchObject({ code: "name_taken" });
  });

  test("that is removed takes its sessions along", async () => {
    const input = connection({ domains: [{ domain: "gone.example", enforced: false }] });
    const { id } = await createConnection(world.owner, input);
    provider.serve([connectionId, otherConnectionId, id].map((one) => `${BASE}/api/auth/callback/${one}`));
    const { identity } = await arriveAs(aPerson({ email: "somebody@gone.example" }), { id });
    await endConnection(world.owner, { id });
    expect(await findIdentity(identity?.sessionId ?? "", new Date())).toBeNull();
  });

  test("has a secret that is nowhere to be read", async () => {
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT client_secret_sealed AS sealed FROM sign_in_connection"),
    );
    for (const { sealed } of rows) expect(sealed).toMatch(/^s1\./);
    const { rows: trail } = await asSuperuser((client) =>
      client.query("SELECT before, after FROM audit_event WHERE target_type = 'sign_in_connection'"),
    );
    expect(trail.length).toBeGreaterThan(0);
    expect(JSON.stringify([rows, trail])).not.toContain(CLIENT.clientSecret);
  });
});

describe("what a provider says of itself", () => {
  const sendsNobody = async (change: (said: Record<string, unknown>) => Record<string, unknown>) => {
    // Each asks under a name of its own, because what a provider said is kept for a while.
    const own = await anOpenIdProvider();
    vi.stubEnv("TWOLINE_ALLOWED_HOSTS", `${provider.host},${own.host}`);
    const domain = `p${++people}.example`;
    const input = connection({ issuer: own.issuer, domains: [{ domain, enforced: false }] });
    const { id } = await createConnection(world.owner, input);
    own.serve([`${BASE}/api/auth/callback/${id}`]);
    own.discovered(change);
    const sent = await leave(aBrowser(), { id });
    own.close();
    return sent;
  };

  test("is believed only if it calls itself what its owner calls it, and leads to no private network", async () => {
    expect(await sendsNobody((said) => said)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/auth\?/);
    for (const lie of [
      { issuer: "https://evil.example" },
      { token_endpoint: "http://169.254.169.254/latest/meta-data" },
      { jwks_uri: "http://127.0.0.1:1/jwks" },
      { userinfo_endpoint: "file:///etc/passwd" },
      { id_token_signing_alg_values_supported: ["none", "HS256"] },
      { authorization_endpoint: "javascript:alert(1)" },
    ])
      expect(await sendsNobody((said) => ({ ...said, ...lie }))).toBe(refusedFor("provider"));
  });

  test("asks for a code with PKCE, state and nonce, and nothing that the browser adds", async () => {
    const browser = aBrowser();
    const { csrfToken } = await (await browser.get(`${BASE}/api/auth/csrf`)).json();
    const sneaked = `${BASE}/api/auth/signin/${connectionId}?prompt=none&redirect_uri=https://evil.example`;
    const sent = await browser.post(sneaked, { csrfToken, json: "true" });
    const { searchParams } = new URL(((await sent.json()) as { url: string }).url);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: CLIENT.clientId,
      scope: "openid email profile",
      response_type: "code",
      redirect_uri: `${BASE}/api/auth/callback/${connectionId}`,
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
  });
});

describe("afterwards the browser goes", () => {
  test.each([
    ["//evil.example", `${BASE}/budget`],
    ["https:evil.example", `${BASE}/budget`],
    ["/\\evil.example", `${BASE}/budget`],
    ["javascript:alert(1)", `${BASE}/budget`],
    ["https://evil.example/budget", `${BASE}/budget`],
    [`${BASE}.evil.example/`, `${BASE}/budget`],
    [`${BASE}@evil.example/`, `${BASE}/budget`],
    [`${BASE}/invoices?month=2026-10`, `${BASE}/invoices?month=2026-10`],
  ])("to a page of ours only: %s", async (callbackUrl, location) => {
    expect((await arriveAs(aPerson(), { callbackUrl })).location).toBe(location);
  });
});

test("addresses come from the configured one, whatever host a request names (S11)", async () => {
  const headers = { "X-Forwarded-Host": "evil.example", Host: "evil.example", "X-Forwarded-Proto": "https" };
  const csrf = await ours("GET", `${BASE}/api/auth/csrf`, { headers });
  expect(csrf.headers.getSetCookie().join()).toContain(encodeURIComponent(BASE));
  const browser = aBrowser();
  const { csrfToken } = await (await browser.get(`${BASE}/api/auth/csrf`)).json();
  const sent = await ours("POST", `${BASE}/api/auth/signin/${connectionId}`, {
    headers: { ...headers, cookie: browser.jar.header(BASE), origin: BASE },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  const { url } = (await sent.json()) as { url: string };
  expect(new URL(url).searchParams.get("redirect_uri")).toBe(`${BASE}/api/auth/callback/${connectionId}`);
});

test("nobody is sent away without the page's own token, and next-auth has no other doors", async () => {
  const sent = await aBrowser().post(`${BASE}/api/auth/signin/${connectionId}`, { json: "true" });
  expect(JSON.stringify(await sent.json())).not.toContain(provider.host);
  for (const path of [
    "callback/credentials",
    `signin/${newId()}`,
    "session",
    "providers",
    "signout",
    "_log",
  ]) {
    const answer = await aBrowser().post(`${BASE}/api/auth/${path}`, {
      email: world.ownerEmail,
      password: PASSWORD,
    });
    expect(answer.headers.getSetCookie().join()).not.toContain("twoline.session=ey");
    expect(answer.status).toBeLessThan(500);
  }
});
