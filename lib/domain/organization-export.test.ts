import { expect, test } from "vitest";

import { attachedName, exportFileName, partName } from "./organization-export";

test("an archive is called after the organization and the day", () => {
  expect(exportFileName("Northwind Labs, Inc.", "2026-11-25")).toBe("Northwind-Labs-Inc-2026-11-25.zip");
  expect(exportFileName("Größe / ../x", "2026-11-25")).toBe("Größe-x-2026-11-25.zip");
  expect(exportFileName("!!!", "2026-11-25")).toBe("2026-11-25.zip");
});

test("a very long table has several files", () => {
  expect([1, 2, 10].map((part) => partName("usage", part))).toEqual([
    "usage.ndjson",
    "usage-2.ndjson",
    "usage-10.ndjson",
  ]);
});

test.each([
  ["March invoice (1).pdf", "March invoice (1).pdf"],
  ["Rechnung März.pdf", "Rechnung März.pdf"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["..\\..\\boot.ini", "_.._boot.ini"],
  ["C:\\x.pdf", "C__x.pdf"],
  ["a\u202Efdp.exe", "a_fdp.exe"],
  [" .hidden. ", "hidden"],
  ["...", "file"],
])("an attached file called %j leads nowhere else", (fileName, expected) => {
  expect(attachedName("an-id", fileName)).toBe(`attachments/an-id/${expected}`);
});
