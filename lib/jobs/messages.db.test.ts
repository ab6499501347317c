import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import type { Ctx } from "@/lib/auth/ctx";
import { changeGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { transact } from "@/lib/db/client";
import { postInvoice } from "@/lib/invoices/service";
import { sendNextMessage } from "@/lib/jobs/messages";
import { listMessages } from "@/lib/messages/service";
import { addLead } from "@/lib/teams/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge } from "@/lib/testing/invoices";
import { aMailServer } from "@/lib/testing/mail-server";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { createThreshold } from "@/lib/thresholds/service";

let ctx: Ctx;
let books: SomeBooks;
let server: Awaited<ReturnType<typeof aMailServer>>;
const LINE = { purpose: "product_running", teamId: null } as const;
const fail = (error: unknown) => {
  throw error;
};

beforeAll(async () => {
  server = await aMailServer();
});
afterAll(() => server.close());
afterEach(async () => {
  server.refuse(false);
  server.mails.length = 0;
  Reflect.deleteProperty(process.env, "SMTP_URL");
  // A worker serves every organization, so what one test left must not wait in the next.
  await asSuperuser((client) => client.query("UPDATE message SET due_at = NULL"));
});

/** 1,000.00 a month for what the product costs, of which half is watched. */
beforeEach(async () => {
  ctx = await anOrganization();
  books = await someBooks(ctx);
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  const rows = [{ ...LINE, productId: null, amountsMinor: Array<number>(12).fill(100_000) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 });
});

const spend = (number: string, minor: number) =>
  postInvoice(ctx, anInvoice(books, { number, charges: [usageCharge(books.accounts.prod, minor)] }));

const outbox = async () => (await listMessages(ctx, { limit: 200 })).data;
const at = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1_000);

test("without a mail server what is told stays in the outbox, where only the owner reads it", async () => {
  const finance = await anActor(ctx, { roles: ["finance"] });
  const auditor = await anActor(ctx, { roles: ["auditor"] });
  await spend("A", 60_000);
  await spend("B", 60_000);
  expect(await sendNextMessage(fail, ctx.now)).toBe(false);
  const found = await outbox();
  expect(found.map(({ recipient }) => recipient.id).sort()).toEqual(
    [ctx.actor.userId, finance.actor.userId].sort(),
  );
  expect(found[0]).toMatchObject({
    ...{ kind: "alert", state: "waiting", attempts: 0, sentAt: null, lastError: null },
    subject: "50 % of the budget for October 2026 reached: product running",
    text: expect.stringContaining("It has cost 600.00 USD; 1,000.00 USD are budgeted."),
  });
  for (const who of [finance, auditor]) await expectRefusal(listMessages(who, { limit: 200 }), "forbidden");
});

test("a team's alert is told its lead, who may see the team's money, and no other lead", async () => {
  const led = await anActor(ctx, { roles: ["lead"] });
  const other = await anActor(ctx, { roles: ["lead"] });
  const { organization } = ctx;
  await transact({ organizationId: organization.id }, (db) =>
    db.member.update({
      where: { organizationId_id: { organizationId: organization.id, id: books.members.ada } },
      data: { userId: led.actor.userId },
    }),
  );
  const { growth } = books.teams;
  await addLead(ctx, { id: growth, memberId: books.members.ada, startsOn: "2026-01-01", endsOn: null });
  const share = { purpose: "product_running" as const, teamId: growth };
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Teams", kind: "reforecast", fiscalYear: "2026-04" }),
  );
  const rows = [{ ...share, productId: null, amountsMinor: Array<number>(12).fill(100_000) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  await createThreshold(ctx, { ...share, basis: "actual", percent: 20 });
  await spend("A", 99_000);
  const told = (await outbox()).map(({ recipient, subject }) => [recipient.id, subject.startsWith("20 %")]);
  expect(told).toContainEqual([led.actor.userId, true]);
  expect(told).not.toContainEqual([led.actor.userId, false]);
  expect(told.map(([who]) => who)).not.toContain(other.actor.userId);
});

test("a mail goes out once, also when four workers race for it", async () => {
  process.env.SMTP_URL = server.url;
  await spend("A", 60_000);
  const worked = await Promise.all([1, 2, 3, 4].map(() => sendNextMessage(fail, ctx.now)));
  expect(worked.filter(Boolean)).toHaveLength(1);
  await spend("B", 60_000);
  expect(await sendNextMessage(fail, at(86_400))).toBe(false);
  expect(server.mails).toHaveLength(1);
  expect(server.mails[0]).toMatch(/^Subject: 50 % of the budget for October 2026 reached/m);
  expect(server.mails[0]).toContain(`<${ctx.actor.userId}@example.test>`);
  expect(await outbox()).toMatchObject([{ state: "sent", attempts: 1, sentAt: ctx.now.toISOString() }]);
});

test("a mail that is refused is tried again later and later, and given up after the fifth time", async () => {
  process.env.SMTP_URL = server.url;
  server.refuse(true);
  await spend("A", 60_000);
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  let now = 0;
  for (const wait of [60, 300, 1_500, 7_500]) {
    expect(await sendNextMessage(report, at(now))).toBe(true);
    expect(await sendNextMessage(report, at(now + wait - 1))).toBe(false);
    now += wait;
  }
  expect(await outbox()).toMatchObject([
    // Our words, never the server's own.
    { state: "waiting", attempts: 4, lastError: "The mail server refused it (451)." },
  ]);
  expect(await sendNextMessage(report, at(now))).toBe(true);
  server.refuse(false);
  expect(await sendNextMessage(report, at(now + 86_400))).toBe(false);
  expect(await outbox()).toMatchObject([{ state: "given_up", attempts: 5 }]);
  expect(reported).toHaveLength(5);
  expect(server.mails).toEqual([]);
});

test("what is old, is the demo's, or is for somebody who lost their access is not sent", async () => {
  process.env.SMTP_URL = server.url;
  const { organization } = ctx;
  const set = (column: string, value: unknown) =>
    asSuperuser((client) =>
      client.query(`UPDATE organization SET ${column} = $2 WHERE id = $1`, [organization.id, value]),
    );
  await spend("A", 60_000);
  await set("demo", true);
  expect(await sendNextMessage(fail, ctx.now)).toBe(false);
  await set("demo", false);
  expect(await sendNextMessage(fail, at(4 * 86_400))).toBe(false);
  const reader = await anActor(ctx, { roles: ["owner"] });
  await asSuperuser((client) =>
    client.query("DELETE FROM organization_role WHERE user_id = $1", [ctx.actor.userId]),
  );
  expect(await sendNextMessage(fail, ctx.now)).toBe(true);
  expect((await listMessages(reader, { limit: 200 })).data).toMatchObject([
    { state: "given_up", lastError: "They may not know of it any more." },
  ]);
  expect(server.mails).toEqual([]);
});
