import { createHmac } from "node:crypto";

import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { changeGrid } from "@/lib/budgets/grid";
import { versionInput } from "@/lib/budgets/schema";
import { createVersion } from "@/lib/budgets/service";
import { postInvoice } from "@/lib/invoices/service";
import { sendNextDelivery } from "@/lib/jobs/webhooks";
import { listMessages } from "@/lib/messages/service";
import { type SomeBooks, someBooks } from "@/lib/testing/books";
import { anInvoice, usageCharge } from "@/lib/testing/invoices";
import { anOrganization } from "@/lib/testing/organization";
import { anOutsideServer } from "@/lib/testing/outside-server";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import { createThreshold } from "@/lib/thresholds/service";
import type { NewWebhook } from "@/lib/webhooks/schema";
import {
  changeWebhook,
  createWebhook,
  listDeliveries,
  listWebhooks,
  testWebhook,
} from "@/lib/webhooks/service";

let ctx: Ctx;
let books: SomeBooks;
let webhook: NewWebhook;
let server: Awaited<ReturnType<typeof anOutsideServer>>;
let neighbour: Awaited<ReturnType<typeof anOutsideServer>>;
const LINE = { purpose: "product_running", teamId: null } as const;
const PAGE = { limit: 200 };
const fail = (error: unknown) => {
  throw error;
};
const quiet = () => undefined;

beforeAll(async () => {
  server = await anOutsideServer();
  neighbour = await anOutsideServer();
});
afterAll(() => {
  server.close();
  neighbour.close();
});
beforeEach(async () => {
  vi.stubEnv("TWOLINE_ALLOWED_HOSTS", server.host);
  server.answer((_, response) => response.end("a body that nobody sees"));
  ctx = await anOrganization();
  webhook = await createWebhook(ctx, { name: "Chat", url: server.url });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.received.length = 0;
  neighbour.received.length = 0;
  // A worker serves every organization, so what one test left must not wait in the next.
  await asSuperuser((client) => client.query("UPDATE webhook_delivery SET due_at = NULL"));
});

/** 1,000.00 a month for what the product costs, of which half is watched. */
async function plan(): Promise<void> {
  books = await someBooks(ctx);
  const { id, version } = await createVersion(
    ctx,
    versionInput.parse({ name: "Budget", kind: "budget", fiscalYear: "2026-04" }),
  );
  const rows = [{ ...LINE, productId: null, amountsMinor: Array<number>(12).fill(100_000) }];
  await changeGrid(ctx, { versionId: id, version, rows, dryRun: false });
  await createThreshold(ctx, { ...LINE, basis: "actual", percent: 50 });
}

const spend = (number: string, minor: number) =>
  postInvoice(ctx, anInvoice(books, { number, charges: [usageCharge(books.accounts.prod, minor)] }));
const at = (seconds: number) => new Date(ctx.now.getTime() + seconds * 1_000);
const deliveries = async () => (await listDeliveries(ctx, { id: webhook.id, ...PAGE })).data;
const present = async () => (await listWebhooks(ctx, PAGE)).data[0];

/** As a receiver would: by the secret alone. */
function isGenuine({ headers, body }: (typeof server.received)[number], secret = webhook.secret): boolean {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(signed).digest("base64");
  return headers["webhook-signature"] === `v1,${expected}`;
}

test("an alert arrives once, signed, for people and for programs, also when four workers race for it", async () => {
  await plan();
  await spend("A", 60_000);
  const worked = await Promise.all([1, 2, 3, 4].map(() => sendNextDelivery(fail, ctx.now)));
  expect(worked.filter(Boolean)).toHaveLength(1);
  await spend("B", 60_000);
  expect(await sendNextDelivery(fail, at(86_400))).toBe(false);

  const [sent, ...others] = server.received;
  expect(others).toEqual([]);
  expect(JSON.parse(sent!.body)).toEqual({
    type: "budget.alert",
    timestamp: ctx.now.toISOString(),
    text: expect.stringContaining("50 % of the budget for October 2026 reached: product running."),
    data: {
      ...{ id: expect.any(String), month: "2026-10", purpose: "product_running", team: null, percent: 50 },
      budgeted: { minor: 100_000, currency: "USD" },
      actual: { minor: 60_000, currency: "USD" },
      forecast: null,
    },
  });
  expect(sent!.headers["content-type"]).toBe("application/json");
  expect(sent!.headers["webhook-timestamp"]).toBe(String(ctx.now.getTime() / 1_000));
  expect(isGenuine(sent!)).toBe(true);
  expect(isGenuine({ ...sent!, body: `${sent!.body} ` })).toBe(false);
  expect(isGenuine(sent!, `whsec_${Buffer.alloc(32).toString("base64")}`)).toBe(false);
  expect(await deliveries()).toMatchObject([
    { id: sent!.headers["webhook-id"], kind: "alert", state: "sent", attempts: 1, lastError: null },
  ]);
});

test("what failed comes again, later and later, with the same id and bytes and a signature of its own", async () => {
  await testWebhook(ctx, { id: webhook.id });
  server.answer((_, response) => response.writeHead(503).end("the secret of the house"));
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  expect(await sendNextDelivery(report, at(0))).toBe(true);
  expect(await sendNextDelivery(report, at(59))).toBe(false);
  server.answer((request) => request.socket.destroy());
  expect(await sendNextDelivery(report, at(60))).toBe(true);
  expect(await deliveries()).toMatchObject([
    { state: "waiting", attempts: 2, lastError: "It could not be asked (ECONNRESET)." },
  ]);
  expect(await sendNextDelivery(report, at(359))).toBe(false);
  server.answer((_, response) => response.writeHead(204).end());
  expect(await sendNextDelivery(report, at(360))).toBe(true);

  expect(server.received).toHaveLength(3);
  for (const key of ["webhook-id", "body"] as const) {
    const seen = server.received.map(({ body, headers }) => (key === "body" ? body : headers[key]));
    expect(new Set(seen).size).toBe(1);
  }
  expect(new Set(server.received.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(3);
  expect(server.received.every((one) => isGenuine(one))).toBe(true);
  expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 3, lastError: null }]);
  expect(reported.map(String)).toEqual([
    "Error: a webhook was not reached: It answered 503.",
    "Error: a webhook was not reached: It could not be asked (ECONNRESET).",
  ]);
});

test("a worker that dies while it delivers is followed by another one", async () => {
  await testWebhook(ctx, { id: webhook.id });
  server.answer(() => undefined);
  // It got through, and what was answered was never written down.
  const dead = sendNextDelivery(quiet, at(0), 60_000);
  await vi.waitFor(() => expect(server.received).toHaveLength(1));
  server.answer((_, response) => response.end());
  expect(await sendNextDelivery(fail, at(119))).toBe(false);
  expect(await sendNextDelivery(fail, at(120))).toBe(true);
  expect(new Set(server.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  server.drop();
  await dead;
  expect(await deliveries()).toMatchObject([{ state: "sent", attempts: 2, lastError: null }]);
});

test("a redirect is not followed, and counts as not arrived", async () => {
  await testWebhook(ctx, { id: webhook.id });
  server.answer((_, response) => response.writeHead(307, { location: neighbour.url }).end());
  expect(await sendNextDelivery(quiet, at(0))).toBe(true);
  expect(await deliveries()).toMatchObject([{ state: "waiting", lastError: "It answered 307." }]);
  expect(neighbour.received).toEqual([]);
});

test("an address that was allowed when it was saved and is not any more is not asked", async () => {
  await testWebhook(ctx, { id: webhook.id });
  vi.stubEnv("TWOLINE_ALLOWED_HOSTS", "");
  expect(await sendNextDelivery(quiet, at(0))).toBe(true);
  expect(server.received).toEqual([]);
  expect(await deliveries()).toMatchObject([
    { state: "waiting", lastError: "The address begins with https://." },
  ]);
});

test.each([
  ["answers nothing", () => undefined, "It did not answer in time."],
  [
    "answers without an end",
    (_: unknown, response: { write: (chunk: Buffer) => boolean; destroyed: boolean }) => {
      const write = () => !response.destroyed && response.write(Buffer.alloc(200_000)) && setTimeout(write);
      for (let chunk = 0; chunk < 10; chunk++) response.write(Buffer.alloc(200_000));
      write();
    },
    "Its answer is larger than 1 MB.",
  ],
] as const)("a server that %s holds nothing up", async (_, answer, lastError) => {
  await testWebhook(ctx, { id: webhook.id });
  server.answer(answer as Parameters<typeof server.answer>[0]);
  expect(await sendNextDelivery(quiet, at(0), 400)).toBe(true);
  expect(await deliveries()).toMatchObject([{ state: "waiting", attempts: 1, lastError }]);
});

/** Tries what waits until it waits no more. */
async function giveUpOn(from: number): Promise<number> {
  let now = from;
  for (const wait of [0, 60, 300, 1_500, 7_500]) {
    now += wait;
    expect(await sendNextDelivery(quiet, at(now))).toBe(true);
  }
  return now;
}

test("three in a row that are given up switch it off, which the owner is told; on again, it is told anew", async () => {
  server.answer((_, response) => response.writeHead(500).end());
  let now = 0;
  for (const failures of [1, 2, 3]) {
    await testWebhook(ctx, { id: webhook.id });
    if (failures === 3) await testWebhook({ ...ctx, now: at(400_000) }, { id: webhook.id });
    now = await giveUpOn(now);
    expect(await present()).toMatchObject({ failures, active: failures < 3 });
  }
  expect((await deliveries()).map(({ state, attempts, lastError }) => [state, attempts, lastError])).toEqual([
    ["given_up", 0, "The webhook was switched off."],
    ...Array(3).fill(["given_up", 5, "It answered 500."]),
  ]);
  const { data: messages } = await listMessages(ctx, PAGE);
  expect(messages).toMatchObject([
    {
      ...{ kind: "webhook", state: "waiting", subject: "Webhook switched off: Chat" },
      recipient: { id: ctx.actor.userId },
      text: expect.stringContaining("At last: It answered 500."),
    },
  ]);
  const { data: trail } = await listAuditEvents(ctx, auditFilter.parse({ targetId: webhook.id }));
  expect(trail[0]).toMatchObject({ action: "webhook.switch_off", actor: null, after: { active: false } });

  server.answer((_, response) => response.end());
  const { version } = (await present())!;
  await changeWebhook(ctx, { id: webhook.id, version, active: true });
  await testWebhook(ctx, { id: webhook.id });
  expect(await sendNextDelivery(fail, at(now))).toBe(true);
  expect((await deliveries())[0]).toMatchObject({ state: "sent" });
  expect(await present()).toMatchObject({ active: true, failures: 0 });
});

test("one that arrives forgives those that were given up", async () => {
  server.answer((_, response) => response.writeHead(500).end());
  await testWebhook(ctx, { id: webhook.id });
  const now = await giveUpOn(0);
  expect(await present()).toMatchObject({ failures: 1 });
  server.answer((_, response) => response.end());
  await testWebhook(ctx, { id: webhook.id });
  expect(await sendNextDelivery(fail, at(now))).toBe(true);
  expect(await present()).toMatchObject({ failures: 0 });
});

test("what is old, is the demo's, or came while it was off is not delivered", async () => {
  await testWebhook(ctx, { id: webhook.id });
  const demo = (value: boolean) =>
    asSuperuser((client) =>
      client.query("UPDATE organization SET demo = $2 WHERE id = $1", [ctx.organization.id, value]),
    );
  await demo(true);
  expect(await sendNextDelivery(fail, at(0))).toBe(false);
  await demo(false);
  expect(await sendNextDelivery(fail, at(4 * 86_400))).toBe(false);
  await changeWebhook(ctx, { id: webhook.id, version: webhook.version, active: false });
  await plan();
  await spend("A", 60_000);
  expect(await sendNextDelivery(fail, at(0))).toBe(false);
  expect((await deliveries()).map(({ kind }) => kind)).toEqual(["test"]);
  expect(server.received).toEqual([]);
});
