import { beforeAll, describe, expect, test } from "vitest";

import { attachmentInput } from "@/lib/attachments/schema";
import { attachFile, listAttachments, readAttachment } from "@/lib/attachments/service";
import type { Ctx } from "@/lib/auth/ctx";
import { readBytes } from "@/lib/http/body";
import { postInvoice } from "@/lib/invoices/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";

const bytes = (text: string) => new TextEncoder().encode(text);
const PDF = bytes("%PDF-1.7\n1 0 obj");

let ctx: Ctx;
let books: SomeBooks;
let id: string;
beforeAll(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
  ({ id } = await postInvoice(ctx, anInvoice(books)));
});

const attach = (actor: Ctx, content: Uint8Array<ArrayBuffer>, fileName = "invoice.pdf") =>
  attachFile(actor, attachmentInput.parse({ id, fileName }), content);

describe("attaching", () => {
  test("a file comes back byte for byte, and once", async () => {
    const attached = await attach(ctx, PDF, "C:\\Rechnungen\\Übersicht \u202efdp.pdf");
    expect(attached).toMatchObject({
      fileName: "Übersicht fdp.pdf",
      mediaType: "application/pdf",
      sizeBytes: PDF.byteLength,
    });
    expect(attached.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await attach(ctx, PDF, "again.pdf")).toEqual(attached);
    expect((await listAttachments(ctx, { id })).data).toEqual([attached]);
    const file = await readAttachment(ctx, { id, attachmentId: attached.id });
    expect(Buffer.from(file.content).equals(Buffer.from(PDF))).toBe(true);
  });

  test.each([
    ["a program", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ["an archive that is no workbook", bytes("PK\u0003\u0004 word/document.xml")],
    ["bytes that are no text", new Uint8Array([0x61, 0x00, 0x62])],
  ])("refuses %s, whatever it is called", async (_name, content) => {
    await expect(attach(ctx, content)).rejects.toThrow(expect.objectContaining({ code: "wrong_media_type" }));
  });

  test("refuses an empty file, and a name that cannot be kept", async () => {
    await expect(attach(ctx, new Uint8Array())).rejects.toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
    expect(() => attachmentInput.parse({ id, fileName: "a\u0000.pdf" })).toThrow();
    expect(() => attachmentInput.parse({ id, fileName: "" })).toThrow();
  });

  test("an invoice holds at most twenty", async () => {
    const { id: full } = await postInvoice(ctx, anInvoice(books, { number: "full" }));
    const fill = (index: number) =>
      attachFile(ctx, { id: full, fileName: "note.txt" }, bytes(`note ${index}`));
    for (let index = 0; index < 20; index++) await fill(index);
    await expect(fill(20)).rejects.toThrow(expect.objectContaining({ code: "invalid_input" }));
    await expect(fill(0)).resolves.toMatchObject({ mediaType: "text/plain" });
  });
});

describe("a body", () => {
  const request = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request("http://localhost/", { method: "POST", body, headers });

  test("that is too large is refused, announced or not", async () => {
    const refusal = expect.objectContaining({ code: "payload_too_large" });
    await expect(readBytes(request("12345"), 4)).rejects.toThrow(refusal);
    await expect(readBytes(request("1", { "content-length": "5" }), 4)).rejects.toThrow(refusal);
  });

  test("that ends before all of it arrived is refused", async () => {
    await expect(readBytes(request("123", { "content-length": "4" }), 10)).rejects.toThrow(
      expect.objectContaining({ code: "invalid_input" }),
    );
  });
});

describe("who may", () => {
  test("a lead attaches and reads own files; those of others show the whole invoice", async () => {
    const { id: attachmentId } = await attach(ctx, PDF);
    const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
    expect((await listAttachments(lead, { id })).data).toEqual([]);
    await expect(readAttachment(lead, { id, attachmentId })).rejects.toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
    const own = await attach(lead, bytes("number,amount\n1,2\n"), "lines.CSV");
    expect(own.mediaType).toBe("text/csv");
    expect((await listAttachments(lead, { id })).data).toEqual([own]);
    expect((await readAttachment(lead, { id, attachmentId: own.id })).fileName).toBe("lines.CSV");
  });

  test("a member and an auditor attach nothing", async () => {
    for (const role of ["member", "auditor"] as const) {
      const actor = await anActor(ctx, { roles: [role], memberId: books.members.ada });
      await expect(attach(actor, PDF)).rejects.toThrow(expect.objectContaining({ code: "forbidden" }));
    }
  });

  test("another organization finds no file and no invoice to attach to", async () => {
    const stranger = await anOrganization();
    const gone = expect.objectContaining({ code: "not_found" });
    const { id: attachmentId } = await attach(ctx, PDF);
    await expect(attach(stranger, PDF)).rejects.toThrow(gone);
    await expect(listAttachments(stranger, { id })).rejects.toThrow(gone);
    await expect(readAttachment(stranger, { id, attachmentId })).rejects.toThrow(gone);
    const { id: other } = await postInvoice(ctx, anInvoice(books, { number: "other" }));
    await expect(readAttachment(ctx, { id: other, attachmentId })).rejects.toThrow(gone);
  });
});
