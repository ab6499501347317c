import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSession, findIdentity } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { transact } from "@/lib/db/client";
import { RESETS_PER_NETWORK_MAX } from "@/lib/domain/password-reset";
import { sendNextReset } from "@/lib/jobs/password-resets";
import { previewReset, requestReset, resetPassword } from "@/lib/password-resets/service";
import { signIn } from "@/lib/sign-in/service";
import { anAsker } from "@/lib/testing/asker";
import { aMailServer } from "@/lib/testing/mail-server";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { aResetToken, aWorld, givePassword, PASSWORD, type World } from "@/lib/testing/world";

const NEW = "quite another password";
const now = new Date();
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const here = { headers: new Headers({ "X-Forwarded-For": "198.51.100.7" }), now };
const fail = (error: unknown) => {
  throw error;
};
let world: World;
let server: Awaited<ReturnType<typeof aMailServer>>;
beforeAll(async () => {
  server = await aMailServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  process.env.SMTP_URL = server.url;
  world = await aWorld();
  await givePassword(world);
});
afterEach(async () => {
  server.refuse(false);
  server.mails.length = 0;
  Reflect.deleteProperty(process.env, "SMTP_URL");
  await asSuperuser((client) => client.query("DELETE FROM password_reset"));
  await asSuperuser((client) => client.query("DELETE FROM sign_in_attempt"));
});

const tokenIn = (mail = "") => /\/new-password\/(\S+)/.exec(mail.replace(/=\r?\n/g, ""))?.[1] ?? "";
const reset = (token: string, password = NEW, when = now) =>
  resetPassword({ token, password }, { now: when, requestId: "test" });
const enter = (password: string) =>
  signIn({ email: world.ownerEmail, password }, { headers: new Headers(), now });

describe("whoever forgot their password", () => {
  test("gets a link by mail, chooses another, and is signed out everywhere", async () => {
    const { actor, organization } = world.owner;
    const session = { userId: actor.userId, organizationId: organization.id, userAgent: "test", now };
    const sessionId = await transact({}, (db) => createSession(db, session));
    await requestReset({ email: world.ownerEmail }, here);
    expect(await sendNextReset(fail, now)).toBe(true);
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toContain(`<${world.ownerEmail}>`);
    const token = tokenIn(server.mails[0]);
    expect(await previewReset(token, now)).toEqual({ email: world.ownerEmail });
    await reset(token);
    expect(await findIdentity(sessionId, now)).toBeNull();
    await expectRefusal(enter(PASSWORD), "unauthenticated");
    expect((await enter(NEW)).sessionId).toBeTruthy();
    await expectRefusal(reset(token, PASSWORD), "reset_invalid");
    const { asks } = await anAsker(world);
    const { body } = await asks("GET audit", { query: { limit: "1" } });
    expect(body.data).toMatchObject([{ action: "user.forgot_password" }]);
  });

  test("has half an hour for it, and one of many who use the link at once does", async () => {
    const token = await aResetToken(now);
    expect(await previewReset(token, at(29.9))).not.toBeNull();
    expect(await previewReset(token, at(30))).toBeNull();
    await expectRefusal(reset(token, NEW, at(30)), "reset_invalid");
    await expectRefusal(reset(token, "short"), "invalid_input", "password");
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => reset(token)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const guess of ["", "x", `${token}x`]) await expectRefusal(reset(guess), "reset_invalid");
  });

  test("finds in the database nothing that opens an account", async () => {
    await requestReset({ email: world.ownerEmail }, here);
    await sendNextReset(fail, now);
    const token = tokenIn(server.mails[0]);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const { rows } = await asSuperuser((client) =>
      client.query("SELECT t::text AS row FROM password_reset t"),
    );
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  test("may ask a few times an hour, and the link of another change is gone", async () => {
    for (let times = 0; times < 6; times++)
      await requestReset({ email: world.ownerEmail }, { ...here, now: at(times) });
    for (let times = 0; times < 6; times++) await sendNextReset(fail, at(10));
    expect(server.mails).toHaveLength(3);
    const [first, second] = server.mails.map(tokenIn);
    await reset(first!, NEW, at(11));
    await expectRefusal(reset(second!, PASSWORD, at(12)), "reset_invalid");
  });

  test("is mailed again when the mail server would not take it", async () => {
    server.refuse(true);
    await requestReset({ email: world.ownerEmail }, here);
    const reported: unknown[] = [];
    await sendNextReset((error) => reported.push(error), now);
    expect(reported).toHaveLength(1);
    server.refuse(false);
    expect(await sendNextReset(fail, at(0.9))).toBe(false);
    expect(await sendNextReset(fail, at(1))).toBe(true);
    await reset(tokenIn(server.mails[0]), NEW, at(2));
  });
});

/** All that an answer's headers say, but which request it was. */
const withoutId = (headers: Headers) => [...headers].filter(([name]) => name !== "x-request-id");

test("an unknown address, a known one and one without a password are answered alike; only the known is mailed", async () => {
  const without = `${world.actors.finance.actor.userId}@example.test`;
  const { asks } = await anAsker(world);
  const ask = (email: string) => asks("POST password-resets", { body: { email } }, "nobody");
  const answers = await Promise.all([ask(world.ownerEmail), ask("nobody@example.test"), ask(without)]);
  const seen = answers.map(({ status, body, headers }) => ({ status, body, headers: withoutId(headers) }));
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  for (let times = 0; times < 4; times++) await sendNextReset(fail, new Date());
  expect(server.mails.map((mail) => mail.includes(world.ownerEmail))).toEqual([true]);
});

test("a password that was hashed with less work is hashed anew when its owner signs in", async () => {
  const { hash } = await import("@node-rs/argon2");
  const weak = await hash(PASSWORD, { algorithm: 2, memoryCost: 8_192, timeCost: 1, parallelism: 1 });
  const id = world.owner.actor.userId;
  const stored = () =>
    transact({}, async (db) => (await db.user.findUniqueOrThrow({ where: { id } })).passwordHash);
  await transact({}, (db) => db.user.update({ where: { id }, data: { passwordHash: weak } }));
  await expectRefusal(enter("not the password"), "unauthenticated");
  expect(await stored()).toBe(weak);
  await enter(PASSWORD);
  expect(await stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const strong = await stored();
  await enter(PASSWORD);
  expect(await stored()).toBe(strong);
  expect(await hashPassword(PASSWORD)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test("a password counts as the letters it is, however a keyboard sends them, and to its last one", async () => {
  const long = `${"é".repeat(5)} lorem ipsum dolor ${"x".repeat(100)}`;
  const token = await aResetToken(now);
  const email = (await previewReset(token, now))?.email ?? "";
  await asSuperuser((client) =>
    client.query(
      `INSERT INTO organization_role (organization_id, user_id, role, created_at)
       SELECT $1, id, 'member', now() FROM app_user WHERE email = $2`,
      [world.owner.organization.id, email],
    ),
  );
  await reset(token, long.normalize("NFD"));
  const as = (password: string) => signIn({ email, password }, { headers: new Headers(), now });
  expect((await as(long.normalize("NFC"))).sessionId).toBeTruthy();
  await expectRefusal(as(long.slice(0, -1)), "unauthenticated");
});

test("a network may say it of twenty addresses in a quarter of an hour, another one still may", async () => {
  const say = (number: number, caller = here) =>
    requestReset({ email: `somebody-${number}@example.test` }, caller);
  for (let number = 0; number < RESETS_PER_NETWORK_MAX; number++) await say(number);
  await expect(say(99)).rejects.toMatchObject({
    code: "too_many_attempts",
    details: { retryAfterSeconds: 900 },
  });
  await say(99, { ...here, headers: new Headers({ "X-Forwarded-For": "198.51.100.8" }) });
  await say(99, { ...here, now: at(16) });
  // It is no wrong password: whoever asks from there signs in as before.
  const { headers } = here;
  const signedIn = signIn({ email: world.ownerEmail, password: PASSWORD }, { headers, now });
  expect((await signedIn).sessionId).toBeTruthy();
});
