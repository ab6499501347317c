import { afterEach, expect, test, vi } from "vitest";

import { checkOutsideUrl, isPublicAddress } from "@/lib/net/outside-url";

afterEach(() => vi.unstubAllEnvs());

const faultOf = (url: string): string | undefined => {
  try {
    checkOutsideUrl(url);
  } catch (error) {
    return (error as { details: { fields: { url: string } } }).details.fields.url;
  }
  return undefined;
};

test.each([
  "https://example.com/hook",
  "https://example.com:8443/hook?x=1",
  "https://8.8.8.8/",
  "https://[2606:4700::1111]/",
  "https://bücher.example/",
])("takes %s", (url) => {
  expect(checkOutsideUrl(url)).toEqual(new URL(url));
});

test.each([
  ...["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
  ...["169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1"],
  ...["255.255.255.255", "198.18.0.1", "192.0.2.1", "240.0.0.1"],
  // One number, octal, hexadecimal, and with parts left out: each of them is 127.0.0.1 or 10.0.0.1.
  ...["2130706433", "0177.0.0.1", "017700000001", "0x7f.0.0.1", "0x7f000001", "127.1", "10.1", "0"],
  ...["１２７.0.0.1", "127。0。0。1", "127.0.0.1."],
  ...["[::1]", "[::]", "[fc00::1]", "[fd12::1]", "[fe80::1]", "[fec0::1]", "[ff02::1]"],
  ...["[::ffff:127.0.0.1]", "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]"],
  ...["[2002:7f00:1::]", "[2001:db8::1]", "[2001::1]", "[100::1]"],
  ...[
    "localhost",
    "localhost.",
    "LOCALHOST",
    "a.localhost",
    "metadata",
    "db.",
    "a.internal",
    "printer.local",
  ],
  ...["router.lan", "nas.home.arpa", "printer.local."],
])("refuses https://%s/, which is no place outside", (host) => {
  expect(faultOf(`https://${host}/`)).toMatch(/private network/);
});

test.each([
  ["", /whole address/],
  ["example.com/hook", /whole address/],
  ["//example.com", /whole address/],
  ["https://exa mple.com", /whole address/],
  ["http://example.com", /begins with https/],
  ["file:///etc/passwd", /begins with https/],
  ["gopher://example.com", /begins with https/],
  ["https://example.com@127.0.0.1/", /before the @/],
  ["https://user:secret@example.com/", /before the @/],
  ["https://127.0.0.1\\@example.com/", /private network/],
])("says of %j what is wrong with it", (url, words) => {
  expect(faultOf(url)).toMatch(words);
});

test("names the field that the address came from", () => {
  expect(() => checkOutsideUrl("", "issuer")).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      details: { fields: { issuer: expect.stringContaining("whole address") } },
    }),
  );
});

test("takes what whoever runs the server allows, by the very host and port", () => {
  vi.stubEnv("TWOLINE_ALLOWED_HOSTS", "127.0.0.1:8065, mattermost.lan:443,[::1]:9000");
  for (const url of [
    ...[
      "http://127.0.0.1:8065/x",
      "https://127.0.0.1:8065/",
      "https://mattermost.lan/",
      "http://[::1]:9000/",
    ],
    "http://2130706433:8065/",
  ]) {
    expect(faultOf(url)).toBeUndefined();
  }
  for (const url of [
    ...[
      "http://127.0.0.1:8066/",
      "http://127.0.0.1/",
      "http://mattermost.lan/",
      "https://mattermost.lan:8443/",
    ],
    ...["ftp://127.0.0.1:8065/", "http://a@127.0.0.1:8065/", "http://evil.mattermost.lan:443/"],
  ]) {
    expect(faultOf(url)).toBeDefined();
  }
});

test("knows a public address from what is none", () => {
  expect(["8.8.8.8", "2606:4700::1111"].map(isPublicAddress)).toEqual([true, true]);
  expect(["", "example.com", "127.0.0.1", "::ffff:8.8.8.8", "fe80::1%eth0"].map(isPublicAddress)).toEqual(
    Array(5).fill(false),
  );
});
