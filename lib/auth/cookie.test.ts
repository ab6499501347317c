import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { openSession, sealSession, sessionCookieHeader, sessionCookieName } from "@/lib/auth/cookie";
import { deviceCookieHeader, knownDevice } from "@/lib/auth/device";
import { authSecret } from "@/lib/auth/secret";

const SESSION = "0193c0de-0000-7000-8000-000000000001";
const [OLD, NEW, OTHER] = ["old-", "new-", "other-"].map((word) => `${word}0vE2nV5cO8q1XyT4uW7rA9bD3fG6h`);

beforeEach(() => {
  vi.stubEnv("NEXTAUTH_SECRET", OLD);
  vi.stubEnv("NEXTAUTH_URL", "https://twoline.example.com");
});
afterEach(() => void vi.unstubAllEnvs());

describe("cookies over https", () => {
  test("are bound to the host, and no script or other site has them", async () => {
    const headers = [
      await sessionCookieHeader(SESSION),
      await deviceCookieHeader(new Headers(), "a@example.test"),
    ];
    for (const header of headers) {
      expect(header).toMatch(
        /^__Host-twoline\.(session|device)=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; /,
      );
      expect(header).not.toContain("Domain");
    }
    expect(sessionCookieName()).toBe("__Host-twoline.session");
    vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
    expect(await sessionCookieHeader(SESSION)).toMatch(
      /^twoline\.session=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max/,
    );
  });
});

describe("the secret", () => {
  test("may change: what the one before signed still opens, and what an older one signed does not", async () => {
    const cookie = await sealSession(SESSION);
    vi.stubEnv("NEXTAUTH_SECRET", NEW);
    expect(await openSession(cookie)).toBeNull();
    vi.stubEnv("NEXTAUTH_SECRET_PREVIOUS", OLD);
    expect(await openSession(cookie)).toBe(SESSION);
    const renewed = await sealSession(SESSION);
    vi.stubEnv("NEXTAUTH_SECRET_PREVIOUS", OTHER);
    expect(await openSession(cookie)).toBeNull();
    expect(await openSession(renewed)).toBe(SESSION);
  });

  test.each(["", "short", "a".repeat(64)])("is refused as %j", async (secret) => {
    vi.stubEnv("NEXTAUTH_SECRET", secret);
    expect(authSecret).toThrow(/^NEXTAUTH_SECRET is/);
    await expect(sealSession(SESSION)).rejects.toThrow("NEXTAUTH_SECRET");
    await expect(openSession("x")).rejects.toThrow("NEXTAUTH_SECRET");
  });
});

test("a session's cookie opens no device, and a device's no session", async () => {
  const device = (await deviceCookieHeader(new Headers(), "a@example.test")).split(/[=;]/)[1] ?? "";
  const from = (value: string) => new Headers({ Cookie: `a=b; __Host-twoline.device=${value}; c=d` });
  expect(await knownDevice(from(device), "a@example.test")).toMatch(/^[\w-]{22}$/);
  expect(await knownDevice(from(device), "b@example.test")).toBeNull();
  expect(await knownDevice(from(await sealSession(SESSION)), "a@example.test")).toBeNull();
  expect(await openSession(device)).toBeNull();
});
