import { describe, expect, test } from "vitest";

import type { Permission } from "./permission";
import { scopesAllow, scopesAreFresh, TOKEN_SCOPES } from "./token-scope";

const allowed = (permission: Permission) => TOKEN_SCOPES.filter((scope) => scopesAllow([scope], permission));

describe("a token", () => {
  test("reads with any scope, and does with a scope what that one names", () => {
    expect(allowed("books:read")).toEqual(TOKEN_SCOPES);
    expect(allowed("invoice:enter")).toEqual(["write_facts"]);
    expect(allowed("closing:write")).toEqual(["close"]);
    expect(allowed("user:write")).toEqual(["admin"]);
  });

  test("without a scope does nothing", () => {
    expect(scopesAllow([], "books:read")).toBe(false);
  });

  test("never makes tokens or ends sessions, whatever its scopes", () => {
    for (const permission of ["token:own", "token:manage", "session:own", "demo:use"] as const)
      expect(scopesAllow(TOKEN_SCOPES, permission)).toBe(false);
  });

  test("does what asks people for a fresh sign-in only where it was made for such things", () => {
    expect(TOKEN_SCOPES.filter((scope) => scopesAreFresh([scope]))).toEqual(["close", "admin"]);
  });
});
