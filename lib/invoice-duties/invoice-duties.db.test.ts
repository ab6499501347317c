import { beforeEach, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { readChecklist } from "@/lib/closing/service";
import { listExpectedInvoices } from "@/lib/expected-invoices/service";
import { listDuties, listReminders, removeDuty, setDuty } from "@/lib/invoice-duties/service";
import { invoiceInput } from "@/lib/invoices/schema";
import { postInvoice } from "@/lib/invoices/service";
import { remindOfInvoices } from "@/lib/jobs/reminders";
import { listMessages } from "@/lib/messages/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge } from "@/lib/testing/invoices";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { createWebhook, listDeliveries } from "@/lib/webhooks/service";

let ctx: Ctx;
let books: SomeBooks;
let finance: Ctx;
const PAGE = { limit: 200 };
const fail = (error: unknown) => {
  throw error;
};

beforeEach(async () => {
  ctx = await anOrganization({ now: new Date("2026-10-20T09:00:00Z") });
  books = await someBooks(ctx);
  finance = await anActor(ctx, { roles: ["finance"] });
});

/** October's invoice of the seats is due on 5 November, from finance. */
const onFifth = () =>
  setDuty(ctx, {
    ...{ id: books.subscriptions.claudeTeam, userId: finance.actor.userId, dueDay: 5, monthsLater: 1 },
  });
const on = (day: string, by = ctx): Ctx => ({ ...by, now: new Date(`${day}T09:00:00Z`) });
const remind = (day: string) => remindOfInvoices(new Date(`${day}T09:00:00Z`), fail);
const open = async (day: string, by = ctx) => (await listReminders(on(day, by))).data;
const messages = async () => (await listMessages(ctx, PAGE)).data;

/** The invoice that the seats should bring in a month. */
async function enter(month: string, number: string): Promise<void> {
  const { data } = await listExpectedInvoices(on("2026-11-20"), { month });
  const seats = data.find(({ contract }) => contract.id === books.subscriptions.claudeTeam);
  await postInvoice(on("2026-11-20"), invoiceInput.parse({ ...seats?.body, number }));
}

test("every contract is listed with who enters its invoice, who is somebody that may", async () => {
  const member = await anActor(ctx, { roles: ["member"] });
  const stranger = await anOrganization();
  for (const { actor } of [member, stranger])
    await expectRefusal(
      setDuty(ctx, { id: books.subscriptions.claudeTeam, userId: actor.userId, dueDay: 5, monthsLater: 1 }),
      "not_found",
    );
  // The invoice of a metered account is its organization's.
  await expectRefusal(
    setDuty(ctx, { id: books.accounts.prod, userId: finance.actor.userId, dueDay: 5, monthsLater: 1 }),
    "not_found",
  );
  await onFifth();
  await setDuty(finance, {
    ...{ id: books.accounts.organization, userId: ctx.actor.userId, dueDay: 31, monthsLater: 0 },
  });
  const listed = async () =>
    (await listDuties(ctx)).data.map(({ name, kind, responsible, dueDay, monthsLater }) => [
      ...[name, kind, responsible?.id, dueDay, monthsLater],
    ]);
  expect(await listed()).toEqual([
    ["Claude Team", "subscription", finance.actor.userId, 5, 1],
    ["Anthropic organization", "api_account", ctx.actor.userId, 31, 0],
  ]);
  await removeDuty(ctx, { id: books.subscriptions.claudeTeam });
  await expectRefusal(removeDuty(ctx, { id: books.subscriptions.claudeTeam }), "not_found");
  expect((await listed())[0]).toEqual(["Claude Team", "subscription", undefined, null, null]);
  const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
  await expectRefusal(listDuties(lead), "forbidden");
  await expectRefusal(removeDuty(lead, { id: books.accounts.organization }), "forbidden");
  const { data: trail } = await listAuditEvents(
    ctx,
    auditFilter.parse({ targetId: books.subscriptions.claudeTeam }),
  );
  expect(trail.map(({ action }) => action).slice(0, 2)).toEqual(["invoice_duty.remove", "invoice_duty.set"]);
});

test("what is expected and the checklist say who enters it and until when", async () => {
  await onFifth();
  const due = { responsible: { id: finance.actor.userId, name: "Test user" }, dueOn: "2026-11-05" };
  for (const [day, overdue] of [
    ["2026-11-05", false],
    ["2026-11-06", true],
  ] as const) {
    const { data } = await listExpectedInvoices(on(day), { month: "2026-10" });
    expect(data).toMatchObject([{ contract: { name: "Claude Team" }, due: { ...due, overdue } }]);
    const { items } = await readChecklist(on(day), { month: "2026-10" });
    const rows = items.find(({ kind }) => kind === "expected_invoice")?.rows ?? [];
    expect(rows.find(({ name }) => name === "Claude Team")?.due).toEqual({ ...due, overdue });
    expect(rows.filter(({ name }) => name !== "Claude Team").every((row) => row.due === null)).toBe(true);
  }
});

test("an invoice that is late is reminded of once, on the page, by message and by webhook", async () => {
  await onFifth();
  const webhook = await createWebhook(ctx, { name: "Chat", url: "https://hooks.example.com/x" });
  await remind("2026-11-05");
  expect(await open("2026-11-05")).toEqual([]);
  await Promise.all([remind("2026-11-06"), remind("2026-11-06"), remind("2026-11-06")]);
  await remind("2026-11-07");
  await remind("2026-11-30");

  expect(await open("2026-11-30")).toMatchObject([
    {
      contract: { id: books.subscriptions.claudeTeam, name: "Claude Team" },
      serviceProvider: { name: "Anthropic" },
      ...{ month: "2026-10", dueOn: "2026-11-05", raisedAt: "2026-11-06T09:00:00.000Z" },
      responsible: { id: finance.actor.userId },
    },
  ]);
  expect(await messages()).toMatchObject([
    {
      ...{ kind: "reminder", state: "waiting", recipient: { id: finance.actor.userId } },
      subject: "No invoice yet: Claude Team, October 2026",
      text: expect.stringContaining("It was due by 5 Nov 2026, and Test user enters it."),
    },
  ]);
  expect((await listDeliveries(ctx, { id: webhook.id, ...PAGE })).data).toMatchObject([
    { kind: "reminder", state: "waiting", text: expect.stringContaining("Claude Team in October 2026") },
  ]);
  const { data: trail } = await listAuditEvents(ctx, auditFilter.parse({ action: "invoice_duty.remind" }));
  expect(trail).toMatchObject([
    { actor: null, targetType: "subscription", after: { month: "2026-10", dueOn: "2026-11-05" } },
  ]);
  // November's is due on 5 December, and one of its own.
  await remind("2026-12-06");
  expect((await messages()).map(({ subject }) => subject.split(", ")[1])).toEqual([
    "November 2026",
    "October 2026",
  ]);
});

test("what came in time, or was due before anybody was responsible, is not reminded of", async () => {
  await enter("2026-10", "OCT");
  await onFifth();
  await remind("2026-11-06");
  expect(await messages()).toEqual([]);

  // The accounts are charged for October, so November's is expected too; September's was due on 5 October.
  await setDuty(ctx, {
    ...{ id: books.accounts.organization, userId: ctx.actor.userId, dueDay: 5, monthsLater: 1 },
  });
  await postInvoice(
    on("2026-10-25"),
    anInvoice(books, { number: "API", charges: [usageCharge(books.accounts.prod, 1_000)] }),
  );
  await remind("2026-11-07");
  expect(await messages()).toEqual([]);
  await remind("2026-12-06");
  expect((await messages()).map(({ subject }) => subject).sort()).toEqual([
    "No invoice yet: Anthropic organization, November 2026",
    "No invoice yet: Claude Team, November 2026",
  ]);
});

test("a reminder leaves the page when the invoice comes, and stays one when it is asked anew", async () => {
  await onFifth();
  await remind("2026-11-06");
  const lead = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.platform] });
  const other = await anActor(ctx, { roles: ["lead"], ledTeamIds: [books.teams.growth] });
  const member = await anActor(ctx, { roles: ["member"], memberId: books.members.ada });
  const seen = async (by: Ctx) => (await open("2026-11-06", by)).length;
  expect([await seen(lead), await seen(other), await seen(member)]).toEqual([1, 0, 0]);
  await enter("2026-10", "OCT");
  expect(await open("2026-11-20")).toEqual([]);

  // Somebody else, until another day: October's was reminded of already.
  await removeDuty(ctx, { id: books.subscriptions.claudeTeam });
  await setDuty(on("2026-11-01"), {
    ...{ id: books.subscriptions.claudeTeam, userId: ctx.actor.userId, dueDay: 10, monthsLater: 1 },
  });
  await asSuperuser((client) =>
    client.query("UPDATE invoice SET voided_at = now(), void_reason = 'wrong' WHERE organization_id = $1", [
      ctx.organization.id,
    ]),
  );
  await remind("2026-11-20");
  expect(await messages()).toHaveLength(1);
});

test("owners and finance are told instead of somebody who may not enter invoices any more", async () => {
  await onFifth();
  await asSuperuser((client) =>
    client.query("UPDATE organization_role SET role = 'auditor' WHERE user_id = $1", [finance.actor.userId]),
  );
  const another = await anActor(ctx, { roles: ["finance"] });
  await remind("2026-11-06");
  expect((await messages()).map(({ recipient }) => recipient.id).sort()).toEqual(
    [ctx.actor.userId, another.actor.userId].sort(),
  );
});
