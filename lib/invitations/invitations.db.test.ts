import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { findIdentity } from "@/lib/auth/data";
import type { Role } from "@/lib/domain/permission";
import { acceptInvitation, previewInvitation } from "@/lib/invitations/acceptance";
import { invite, inviteAnew, listInvitations, revoke } from "@/lib/invitations/service";
import { sendNextInvitation } from "@/lib/jobs/invitations";
import { signIn } from "@/lib/sign-in/service";
import { aMailServer } from "@/lib/testing/mail-server";
import { anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { PASSWORD } from "@/lib/testing/world";
import { listUsers, suspendUser } from "@/lib/users/service";

const DAY_MS = 86_400_000;
let ctx: Ctx;
let count = 0;
beforeEach(async () => {
  ctx = await anOrganization({ now: new Date("2026-11-25T09:00:00Z") });
});

const input = (changes: { email?: string; roles?: Role[] } = {}) => ({
  ...{ email: `gil-${++count}@example.test`, name: "Gil", roles: ["finance"] as Role[] },
  ...{ teamIds: [], memberId: null, roleEndsOn: null },
  ...changes,
});
const tokenOf = (link: string | null) => link?.split("/").at(-1) ?? "";
const accept = (link: string | null, { password = PASSWORD, now = ctx.now } = {}) =>
  acceptInvitation(
    { token: tokenOf(link), name: "Gil", password },
    { headers: new Headers(), now, requestId: "test" },
  );
const INVALID = "invitation_invalid";

describe("an invitation", () => {
  test("lets in once, of many who try at once", async () => {
    const { link } = await invite(ctx, input());
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => accept(link)));
    const lost = tries.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(lost.map(({ reason }) => reason.code)).toEqual(Array(7).fill(INVALID));
    await expectRefusal(accept(link), INVALID);
    expect((await listUsers(ctx)).data).toHaveLength(2);
  });

  test("is 256 random bits, of which the database has a hash", async () => {
    const { link } = await invite(ctx, input());
    const secret = Buffer.from(tokenOf(link), "base64url").subarray(16);
    expect(secret).toHaveLength(32);
    const { rows } = await asSuperuser((client) =>
      client.query(
        "SELECT t::text AS row FROM invitation t UNION ALL SELECT t::text FROM idempotency_record t",
      ),
    );
    for (const { row } of rows) {
      for (const text of [tokenOf(link), secret.toString("hex"), secret.toString("base64url")])
        expect(row).not.toContain(text);
    }
    const wrong = Buffer.from(tokenOf(link), "base64url");
    wrong[47] = wrong[47]! ^ 1;
    await expectRefusal(accept(wrong.toString("base64url")), INVALID);
    for (const guess of ["", "x", "x".repeat(64), `${tokenOf(link)}x`])
      await expectRefusal(accept(guess), INVALID);
  });

  test("asked for twice with one key is one, with the same link, which is kept sealed", async () => {
    const asked = input();
    const keyed = { ...ctx, idempotency: { key: "invite-once", requestHash: "0".repeat(64) } };
    const first = await invite(keyed, asked);
    expect(tokenOf(first.link)).not.toBe("");
    expect(await invite(keyed, asked)).toEqual(first);
    expect((await listInvitations(ctx)).data).toHaveLength(1);
  });

  test("ends after seven days, when it is taken back, and when it is sent anew", async () => {
    const { link, expiresAt } = await invite(ctx, input());
    expect(new Date(expiresAt).getTime() - ctx.now.getTime()).toBe(7 * DAY_MS);
    const at = (ms: number) => new Date(ctx.now.getTime() + ms);
    expect(await previewInvitation(tokenOf(link), at(7 * DAY_MS - 1))).not.toBeNull();
    expect(await previewInvitation(tokenOf(link), at(7 * DAY_MS))).toBeNull();
    await expectRefusal(accept(link, { now: at(7 * DAY_MS) }), INVALID);

    const taken = await invite(ctx, input());
    await revoke(ctx, taken);
    await expectRefusal(accept(taken.link), INVALID);
    await expectRefusal(inviteAnew(ctx, taken), "not_found");

    const lost = await invite(ctx, input());
    const anew = await inviteAnew({ ...ctx, now: at(8 * DAY_MS) }, lost);
    await expectRefusal(accept(lost.link), INVALID);
    await accept(anew.link, { now: at(9 * DAY_MS) });
    await expectRefusal(inviteAnew(ctx, lost), "not_found");
  });

  test("is for its address: whoever has the account proves it, and nobody else is let in by it", async () => {
    const other = await anOrganization({ now: ctx.now });
    const { email } = await invite(other, input());
    const first = await invite(other, input({ email }));
    await accept(first.link);
    const { link } = await invite(ctx, input({ email, roles: ["owner"] }));
    expect(await previewInvitation(tokenOf(link), ctx.now)).toMatchObject({ email, asks: "own_password" });
    await expectRefusal(accept(link, { password: "not the password" }), "unauthenticated", "password");
    const { sessionId } = await accept(link);
    const identity = await findIdentity(sessionId, ctx.now);
    expect(identity).toMatchObject({ user: { email }, organization: { id: ctx.organization.id } });
  });

  test("does not serve to guess the password of somebody's account", async () => {
    const { email, link } = await invite(ctx, input());
    await accept(link);
    const again = await invite(ctx, input({ email }));
    const codes: string[] = [];
    for (let tries = 0; tries < 12; tries++) {
      await accept(again.link, { password: `guess number ${tries}` }).catch((error) =>
        codes.push(error.code),
      );
    }
    expect(codes).toContain("too_many_attempts");
  });

  test("lets nobody in whom the owner keeps out", async () => {
    const { email, link } = await invite(ctx, input());
    await accept(link);
    const id = (await listUsers(ctx)).data.find((user) => user.email === email)?.id ?? "";
    await suspendUser(ctx, { id });
    const again = await invite(ctx, input({ email }));
    await expectRefusal(accept(again.link), INVALID);
    const attempt = signIn({ email, password: PASSWORD }, { headers: new Headers(), now: ctx.now });
    await expectRefusal(attempt, "unauthenticated");
  });

  test("with fewer rights for the last owner is refused", async () => {
    const { email } = (await listUsers(ctx)).data[0]!;
    const { link } = await invite(ctx, input({ email, roles: ["member"] }));
    await asSuperuser((client) =>
      client.query(
        "UPDATE app_user SET password_hash = (SELECT max(password_hash) FROM app_user) WHERE email = $1",
        [email],
      ),
    );
    await expectRefusal(accept(link), "last_owner");
  });
});

describe("where mail goes out", () => {
  let server: Awaited<ReturnType<typeof aMailServer>>;
  const fail = (error: unknown) => {
    throw error;
  };
  beforeAll(async () => {
    server = await aMailServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    process.env.SMTP_URL = server.url;
  });
  afterEach(async () => {
    server.refuse(false);
    server.mails.length = 0;
    Reflect.deleteProperty(process.env, "SMTP_URL");
    await asSuperuser((client) => client.query("UPDATE invitation SET mail_due_at = NULL"));
  });
  const at = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1_000);
  /** Mail breaks long lines, with a mark that they go on. */
  const linkIn = (mail: string) => /https?:\/\/\S+\/join\/\S+/.exec(mail.replace(/=\r?\n/g, ""))?.[0] ?? null;

  test("the link goes to the address, once, and nobody else sees it", async () => {
    const made = await invite(ctx, input());
    expect(made).toMatchObject({ link: null, delivery: "waiting" });
    const worked = await Promise.all([1, 2, 3, 4].map(() => sendNextInvitation(fail, ctx.now)));
    expect(worked.filter(Boolean)).toHaveLength(1);
    expect(server.mails).toHaveLength(1);
    expect(server.mails[0]).toContain(made.email);
    expect((await listInvitations(ctx)).data).toMatchObject([{ delivery: "sent", lastError: null }]);
    await accept(linkIn(server.mails[0]!));
    expect((await listUsers(ctx)).data.map(({ email }) => email)).toContain(made.email);
  });

  test("what is refused is tried again with another link, and the last one works", async () => {
    server.refuse(true);
    await invite(ctx, input());
    const reported: unknown[] = [];
    await sendNextInvitation((error) => reported.push(error), ctx.now);
    expect(reported).toHaveLength(1);
    const [waiting] = (await listInvitations(ctx)).data;
    expect(waiting).toMatchObject({ delivery: "waiting", lastError: "The mail server refused it (451)." });
    expect(await sendNextInvitation(fail, at(59))).toBe(false);
    server.refuse(false);
    expect(await sendNextInvitation(fail, at(60))).toBe(true);
    await accept(linkIn(server.mails[0]!), { now: at(61) });
  });

  test("what was taken back is not mailed, and made-up books mail nobody", async () => {
    await revoke(ctx, await invite(ctx, input()));
    expect(await sendNextInvitation(fail, ctx.now)).toBe(false);
    const demo = { ...ctx, organization: { ...ctx.organization, demo: true } };
    expect((await invite(demo, input())).link).toMatch(/\/join\//);
    expect(await sendNextInvitation(fail, ctx.now)).toBe(false);
  });

  test("sent anew it is mailed anew, and the first mail opens nothing", async () => {
    const made = await invite(ctx, input());
    await sendNextInvitation(fail, ctx.now);
    expect(await inviteAnew({ ...ctx, now: at(10) }, made)).toMatchObject({
      link: null,
      delivery: "waiting",
    });
    await sendNextInvitation(fail, at(10));
    const [first, second] = server.mails.map(linkIn);
    await expectRefusal(accept(first ?? null, { now: at(20) }), INVALID);
    await accept(second ?? null, { now: at(20) });
  });
});
