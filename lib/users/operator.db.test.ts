import { beforeAll, describe, expect, test } from "vitest";

import { findIdentity } from "@/lib/auth/data";
import { acceptInvitation } from "@/lib/invitations/acceptance";
import { setUp } from "@/lib/setup/service";
import { signIn } from "@/lib/sign-in/service";
import { expectRefusal } from "@/lib/testing/refusal";
import { inviteByCommand, resetPassword, signInLink } from "@/lib/users/operator";

const OWNER = { name: "Ada", email: "ada@example.test", password: "correct horse battery" };
const now = new Date("2026-11-24T09:00:00Z");
const caller = { headers: new Headers(), now, requestId: "test" };
const tokenOf = (link: string) => link.split("/join/")[1] ?? "";
const enter = (email: string, password: string) =>
  signIn({ email, password }, { headers: new Headers(), now });

describe("whoever runs the server", () => {
  let sessionId = "";
  beforeAll(async () => {
    const organization = {
      name: "Northwind",
      baseCurrency: "USD",
      fiscalYearStart: 1,
      booksStart: "2026-01",
    };
    sessionId = (await setUp({ organization, owner: OWNER }, { ...caller, userAgent: "test" })).sessionId;
  });

  test("gives a new password, which ends every session and is the only one that counts", async () => {
    const password = await resetPassword("ADA@example.test", now);
    expect(await findIdentity(sessionId, now)).toBeNull();
    await expectRefusal(enter(OWNER.email, OWNER.password), "unauthenticated");
    expect((await enter(OWNER.email, password)).organization.name).toBe("Northwind");
    await expectRefusal(resetPassword("nobody@example.test", now), "not_found");
  });

  test("prints a link that signs in once, within half an hour", async () => {
    const token = tokenOf(await signInLink(OWNER.email, now));
    const late = { ...caller, now: new Date(now.getTime() + 31 * 60_000) };
    const accept = (by = caller) => acceptInvitation({ token, name: "", password: "" }, by);
    await expectRefusal(accept(late), "invitation_invalid");
    const opened = await accept();
    expect((await findIdentity(opened.sessionId, now))?.user.email).toBe(OWNER.email);
    await expectRefusal(accept(), "invitation_invalid");
  });

  test("invites a colleague into the organization", async () => {
    const link = await inviteByCommand({ email: "ben@example.test", name: "Ben", roles: ["finance"] }, now);
    const joined = await acceptInvitation(
      { token: tokenOf(link), name: "Ben", password: "another good password" },
      caller,
    );
    const identity = await findIdentity(joined.sessionId, now);
    expect(identity?.actor.roles).toEqual(["finance"]);
    expect(identity?.organization.name).toBe("Northwind");
  });
});
