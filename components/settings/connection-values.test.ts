import { expect, test } from "vitest";

import { toBody, typedDomains, valuesOf } from "./connection-values";

test("domains are taken as people type and paste them", () => {
  expect(typedDomains(" Acme.example, @labs.example;\nacme.example ")).toEqual([
    "acme.example",
    "labs.example",
  ]);
});

test("a secret that was not typed anew stays as it is, and the kind of a provider stays for ever", () => {
  const was = {
    id: "1",
    kind: "google" as const,
    name: "Google",
    issuer: "https://accounts.google.com",
    clientId: "id",
    domains: [
      { domain: "acme.example", enforced: true },
      { domain: "labs.example", enforced: false },
    ],
    admitsNewcomers: false,
    usedAt: null,
    callbackUrl: "",
    version: 1,
  };
  const body = toBody(valuesOf(was), was);
  expect(body).not.toHaveProperty("clientSecret");
  expect(body).not.toHaveProperty("kind");
  expect(body.domains).toEqual(was.domains);
  expect(toBody({ ...valuesOf(was), clientSecret: "new" }, was)).toHaveProperty("clientSecret", "new");
  expect(toBody(valuesOf())).toMatchObject({ kind: "oidc", clientSecret: "" });
});
