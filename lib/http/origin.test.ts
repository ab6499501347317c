import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { assertOwnOrigin } from "@/lib/http/origin";

beforeEach(() => void vi.stubEnv("NEXTAUTH_URL", "https://twoline.example.com"));
afterEach(() => void vi.unstubAllEnvs());

const SESSION = { Cookie: "a=b; __Host-twoline.session=x.y.z" };
const OURS = { Origin: "https://twoline.example.com" };
const JSON_TYPE = { "Content-Type": "application/json" };

type Sent = {
  readonly name: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly passes: boolean;
};

const SENT: readonly Sent[] = [
  { name: "a browser's fetch", method: "PUT", headers: { ...SESSION, ...OURS }, passes: true },
  {
    name: "a browser that leaves the Origin out",
    method: "DELETE",
    headers: { ...SESSION, "Sec-Fetch-Site": "same-origin" },
    passes: true,
  },
  { name: "a session's cookie alone", method: "DELETE", headers: SESSION, passes: false },
  { name: "and with JSON", method: "POST", headers: { ...SESSION, ...JSON_TYPE }, passes: false },
  {
    name: "and typed into the address line",
    method: "POST",
    headers: { ...SESSION, ...JSON_TYPE, "Sec-Fetch-Site": "none" },
    passes: false,
  },
  {
    name: "another site with the cookie",
    method: "PUT",
    headers: { ...SESSION, Origin: "https://evil.example" },
    passes: false,
  },
  { name: "a program without a cookie, that signs in", method: "POST", headers: JSON_TYPE, passes: true },
  {
    name: "a program with another cookie of ours",
    method: "POST",
    headers: { ...JSON_TYPE, Cookie: "__Host-twoline.device=x" },
    passes: true,
  },
  {
    name: "a form of nobody knows where",
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    passes: false,
  },
  { name: "whoever reads", method: "GET", headers: SESSION, passes: true },
];

test.each(SENT)("$name: $passes", ({ method, headers, passes }) => {
  const request = new Request("https://twoline.example.com/api/v1/x", { method, headers });
  const asserting = expect(() => assertOwnOrigin(request));
  if (passes) asserting.not.toThrow();
  else asserting.toThrow(expect.objectContaining({ code: "forbidden" }));
});
