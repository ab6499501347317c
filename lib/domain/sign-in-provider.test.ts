import { describe, expect, test } from "vitest";

import { domainOf, gitHubEndpoints, refusalOfIssuer, vouchedEmail } from "./sign-in-provider";

const DOMAINS = ["acme.example"];

describe("the address that a provider vouches for", () => {
  const claims = { sub: "1", email: "ada@acme.example" };

  test.each([undefined, false, "false", 0, null, "yes"])(
    "is none while it is not verified: %j",
    (verified) => {
      for (const kind of ["oidc", "google"] as const)
        expect(vouchedEmail(kind, { ...claims, email_verified: verified }, DOMAINS)).toBeNull();
    },
  );

  test("is the verified one", () => {
    expect(vouchedEmail("oidc", { ...claims, email_verified: true }, DOMAINS)).toBe("ada@acme.example");
    expect(vouchedEmail("google", { ...claims, email_verified: "true" }, DOMAINS)).toBe("ada@acme.example");
    expect(vouchedEmail("oidc", { email: ["ada@acme.example"], email_verified: true }, DOMAINS)).toBeNull();
  });

  test("of Microsoft is what somebody signs in with, unless the domain of another is theirs", () => {
    const theirs = { email: "boss@acme.example", preferred_username: "eve@acme.example" };
    expect(vouchedEmail("microsoft", theirs, DOMAINS)).toBe("eve@acme.example");
    expect(vouchedEmail("microsoft", { ...theirs, xms_edov: false }, DOMAINS)).toBe("eve@acme.example");
    expect(vouchedEmail("microsoft", { ...theirs, xms_edov: "1" }, DOMAINS)).toBe("boss@acme.example");
  });

  test("of GitHub is a verified one of the domains that are served, else the primary", () => {
    const emails = [
      { email: "ada@home.example", verified: true, primary: true },
      { email: "boss@acme.example", verified: false },
      { email: "Ada@Acme.example", verified: true, primary: false },
    ];
    expect(vouchedEmail("github", { emails }, DOMAINS)).toBe("Ada@Acme.example");
    expect(vouchedEmail("github", { emails }, ["other.example"])).toBe("ada@home.example");
    expect(vouchedEmail("github", { emails: [emails[1]] }, DOMAINS)).toBeNull();
    expect(vouchedEmail("github", { email: "ada@acme.example", email_verified: true }, DOMAINS)).toBeNull();
  });
});

test("Microsoft's directory for everybody vouches for nobody", () => {
  for (const directory of ["common", "organizations", "consumers"])
    expect(refusalOfIssuer("oidc", `https://login.microsoftonline.com/${directory}/v2.0`)).toContain(
      "own directory",
    );
  expect(refusalOfIssuer("microsoft", "https://login.microsoftonline.com/8a2c/v2.0")).toBeNull();
  expect(refusalOfIssuer("google", "https://accounts.evil.example")).toContain("accounts.google.com");
});

test("GitHub is asked at its own address, an Enterprise server at its", () => {
  expect(gitHubEndpoints("https://github.com").emails).toBe("https://api.github.com/user/emails");
  expect(gitHubEndpoints("https://git.acme.example/").emails).toBe(
    "https://git.acme.example/api/v3/user/emails",
  );
});

test("a domain comes after the last @", () => {
  expect(domainOf('"e@evil.example"@acme.example')).toBe("acme.example");
});
