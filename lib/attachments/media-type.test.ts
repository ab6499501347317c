import { describe, expect, test } from "vitest";

import { mediaTypeOf } from "@/lib/attachments/media-type";
import { contentDisposition } from "@/lib/http/file";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("mediaTypeOf", () => {
  test.each([
    ["a PDF", bytes("%PDF-1.4 x"), "x.txt", "application/pdf"],
    ["a PNG", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), "x", "image/png"],
    ["a JPEG", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "x.exe", "image/jpeg"],
    [
      "a workbook",
      bytes("PK\u0003\u0004[Content_Types].xml xl/workbook.xml"),
      "x.xlsx",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    ["a CSV", bytes("a;b\r\n1;2"), "x.csv", "text/csv"],
    ["a CSV in Windows-1252", new Uint8Array([0x42, 0xfc, 0x72, 0x6f]), "x.csv", "text/csv"],
    ["an e-mail", bytes("From: a@example.test\n"), "x.EML", "message/rfc822"],
    ["a page, as text", bytes("<script>alert(1)</script>"), "x.html", "text/plain"],
  ])("knows %s", (_name, content, fileName, mediaType) => {
    expect(mediaTypeOf(content, fileName)).toBe(mediaType);
  });

  test.each([
    ["a program", new Uint8Array([0x4d, 0x5a, 0x90, 0x00])],
    ["an archive", bytes("PK\u0003\u0004 anything")],
    ["an archive of a cut-off workbook", bytes("PK\u0003\u0004[Content_Types].xml")],
  ])("knows not %s", (_name, content) => {
    expect(mediaTypeOf(content, "invoice.pdf")).toBeNull();
  });
});

describe("contentDisposition", () => {
  test.each([
    ["invoice.pdf", `attachment; filename="invoice.pdf"; filename*=UTF-8''invoice.pdf`],
    ['a"b\\c%.pdf', `attachment; filename="a_b_c_.pdf"; filename*=UTF-8''a%22b%5Cc%25.pdf`],
    ["Ü (1)'*.pdf", `attachment; filename="_ (1)'*.pdf"; filename*=UTF-8''%C3%9C%20%281%29%27%2A.pdf`],
    ["a\r\nX: y", `attachment; filename="a__X: y"; filename*=UTF-8''a%0D%0AX%3A%20y`],
  ])("%j", (fileName, header) => {
    expect(contentDisposition(fileName)).toBe(header);
  });
});
