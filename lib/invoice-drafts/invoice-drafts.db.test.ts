import { beforeAll, describe, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { invoiceDraftChange, invoiceDraftInput } from "@/lib/invoice-drafts/schema";
import { beginDraft, discardDraft, listDrafts, readDraft, saveDraft } from "@/lib/invoice-drafts/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anActor, anOrganization } from "@/lib/testing/organization";

let ctx: Ctx;
let books: SomeBooks;
beforeAll(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
});

const aDraft = (changes: object = {}) =>
  invoiceDraftInput.parse({ month: "2026-10", content: { number: "INV-" }, ...changes });
const refusal = (code: string) => expect.objectContaining({ code });

describe("a draft", () => {
  test("keeps what was typed, as it was typed, and whoever typed last", async () => {
    const content = { number: "INV-", charges: [{ amount: "1.240,1", note: "🧾 שלום" }], half: null };
    const draft = await beginDraft(ctx, aDraft({ subscriptionId: books.subscriptions.claudeTeam, content }));
    expect(draft).toMatchObject({
      month: "2026-10",
      subscription: { name: "Claude Team" },
      apiAccount: null,
      content,
      updatedBy: "Test user",
      version: 1,
    });
    const colleague = await anActor(ctx, { roles: ["lead"] });
    const saved = await saveDraft(colleague, { id: draft.id, version: 1, content: { number: "INV-7" } });
    expect(saved).toMatchObject({ content: { number: "INV-7" }, version: 2 });
    expect(await readDraft(ctx, draft)).toEqual(saved);
  });

  test("is saved by one of two who typed at once", async () => {
    const { id } = await beginDraft(ctx, aDraft());
    const save = (number: string) => saveDraft(ctx, { id, version: 1, content: { number } });
    const results = await Promise.allSettled([save("a"), save("b")]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(save("c")).rejects.toThrow(refusal("stale_version"));
    await expect(discardDraft(ctx, { id, version: 1 })).rejects.toThrow(refusal("stale_version"));
    await discardDraft(ctx, { id, version: 2 });
    await expect(readDraft(ctx, { id })).rejects.toThrow(refusal("not_found"));
  });

  test("is found by its month, the last begun first", async () => {
    const first = await beginDraft(ctx, aDraft({ month: "2025-01" }));
    const second = await beginDraft(ctx, aDraft({ month: "2025-01" }));
    const { data } = await listDrafts(ctx, { month: "2025-01", limit: 50 });
    expect(data.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  test("is the same draft when the request is repeated", async () => {
    const once: Ctx = { ...ctx, idempotency: { key: "draft-1", requestHash: "a".repeat(64) } };
    const [one, two] = [await beginDraft(once, aDraft()), await beginDraft(once, aDraft())];
    expect(two).toEqual(one);
  });

  test("of another organization is not there, nor is its contract", async () => {
    const stranger = await anOrganization();
    const { id } = await beginDraft(ctx, aDraft());
    const gone = refusal("not_found");
    await expect(readDraft(stranger, { id })).rejects.toThrow(gone);
    await expect(saveDraft(stranger, { id, version: 1, content: {} })).rejects.toThrow(gone);
    await expect(discardDraft(stranger, { id, version: 1 })).rejects.toThrow(gone);
    for (const link of [
      { subscriptionId: books.subscriptions.claudeTeam },
      { apiAccountId: books.accounts.prod },
    ]) {
      await expect(beginDraft(stranger, aDraft(link))).rejects.toThrow(gone);
    }
    expect((await listDrafts(stranger, { limit: 50 })).data).toEqual([]);
  });

  test.each(["member", "auditor"] as const)("is nothing for a %s", async (role) => {
    const actor = await anActor(ctx, { roles: [role] });
    await expect(beginDraft(actor, aDraft())).rejects.toThrow(refusal("forbidden"));
    await expect(listDrafts(actor, { limit: 50 })).rejects.toThrow(refusal("forbidden"));
  });
});

describe("content", () => {
  const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as object;

  test.each([
    ["no object", "text"],
    ["a list", []],
    ["NUL in a value", { a: [{ b: "\u0000" }] }],
    ["NUL in a key", { "a\u0000": 1 }],
    ["a lone surrogate", { a: "\ud800" }],
    ["too many levels", deep(20)],
    ["far too many levels", deep(100_000)],
    ["too many bytes", { a: "é".repeat(100_000) }],
  ])("refuses %s", (_name, content) => {
    expect(invoiceDraftChange.safeParse({ id: books.teams.growth, version: 1, content }).success).toBe(false);
  });

  test("takes as much as an invoice of five hundred lines needs", async () => {
    const line = { description: "x".repeat(300), quantity: "5", amount: "25.00" };
    const content = { charges: Array.from({ length: 500 }, () => line) };
    expect((await beginDraft(ctx, aDraft({ content }))).content).toEqual(content);
  });
});
