import { beforeEach, expect, test } from "vitest";

import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents } from "@/lib/audit/service";
import type { Ctx } from "@/lib/auth/ctx";
import { openSecret } from "@/lib/secrets/seal";
import { anActor, anOrganization } from "@/lib/testing/organization";
import { expectRefusal } from "@/lib/testing/refusal";
import { asSuperuser } from "@/lib/testing/tenant-tables";
import {
  changeWebhook,
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  testWebhook,
} from "@/lib/webhooks/service";

let ctx: Ctx;
beforeEach(async () => {
  ctx = await anOrganization();
});

const PAGE = { limit: 50 };
const URL_OF_CHAT = "https://hooks.example.com/services/T0/B0/a-secret-path";
const aWebhook = () => createWebhook(ctx, { name: "Chat", url: URL_OF_CHAT });
const all = async () => (await listWebhooks(ctx, PAGE)).data;

test("a webhook is shown without its address, its secret once, and neither stands in the database or the trail", async () => {
  const { secret, ...webhook } = await aWebhook();
  expect(secret).toMatch(/^whsec_/);
  expect(webhook).toMatchObject({ name: "Chat", host: "hooks.example.com", active: true, failures: 0 });
  expect(await all()).toEqual([webhook]);

  const { rows } = await asSuperuser((client) => client.query("SELECT * FROM webhook"));
  const [row] = rows.filter(({ id }) => id === webhook.id);
  const place = { organizationId: ctx.organization.id, table: "webhook", id: webhook.id };
  expect(openSecret(place, row.url_sealed)).toBe(URL_OF_CHAT);
  expect(openSecret(place, row.secret_sealed)).toBe(secret);
  const { data: trail } = await listAuditEvents(ctx, auditFilter.parse({ targetId: webhook.id }));
  const kept = JSON.stringify([row, trail]);
  for (const hidden of ["a-secret-path", secret]) expect(kept).not.toContain(hidden);
  expect(trail[0]).toMatchObject({ action: "webhook.create", after: { host: "hooks.example.com" } });
});

test("the same request again gives the same secret, which no kept answer holds", async () => {
  const again = { ...ctx, idempotency: { key: "k", requestHash: "a".repeat(64) } };
  const input = { name: "Chat", url: URL_OF_CHAT };
  const first = await createWebhook(again, input);
  expect(await createWebhook(again, input)).toEqual(first);
  expect(await all()).toHaveLength(1);
  const { rows } = await asSuperuser((client) => client.query("SELECT * FROM idempotency_record"));
  expect(JSON.stringify(rows)).not.toContain(first.secret);
});

test.each(["http://hooks.example.com", "https://127.0.0.1/", "https://localhost./x", "https://0x7f.1/"])(
  "an address that does not lead outside is refused when it is saved: %s",
  async (url) => {
    await expectRefusal(createWebhook(ctx, { name: "Inside", url }), "invalid_input", "url");
    const { id, version } = await aWebhook();
    await expectRefusal(changeWebhook(ctx, { id, version, url }), "invalid_input", "url");
    expect(await all()).toMatchObject([{ host: "hooks.example.com", version }]);
  },
);

test("it is changed, switched off and on, and removed, by owners only", async () => {
  const { id, version } = await aWebhook();
  const moved = await changeWebhook(ctx, { id, version, url: "https://other.example.com:8443/" });
  expect(moved).toMatchObject({ name: "Chat", host: "other.example.com:8443", active: true });
  await expectRefusal(changeWebhook(ctx, { id, version, name: "X" }), "stale_version");
  await testWebhook(ctx, { id });
  const off = await changeWebhook(ctx, { id, version: moved.version, active: false });
  expect(off).toMatchObject({ active: false, pausedAt: ctx.now.toISOString() });
  const deliveries = async () => (await listDeliveries(ctx, { id, ...PAGE })).data;
  expect(await deliveries()).toMatchObject([
    { kind: "test", state: "given_up", lastError: "The webhook was switched off." },
  ]);
  await expectRefusal(testWebhook(ctx, { id }), "webhook_off");
  const on = await changeWebhook(ctx, { id, version: off.version, active: true, name: "Chat 2" });
  expect(on).toMatchObject({ active: true, pausedAt: null, name: "Chat 2" });
  expect(await testWebhook(ctx, { id })).toMatchObject({
    state: "waiting",
    text: "Northwind Labs. A test: budget alerts and reminders will arrive here.",
  });

  const finance = await anActor(ctx, { roles: ["finance", "lead", "auditor", "member"] });
  for (const work of [
    () => listWebhooks(finance, PAGE),
    () => createWebhook(finance, { name: "X", url: URL_OF_CHAT }),
    () => changeWebhook(finance, { id, version: on.version, active: false }),
    () => removeWebhook(finance, { id }),
    () => listDeliveries(finance, { id, ...PAGE }),
    () => testWebhook(finance, { id }),
  ])
    await expectRefusal(work(), "forbidden");

  await removeWebhook(ctx, { id });
  expect(await all()).toEqual([]);
  for (const work of [
    () => removeWebhook(ctx, { id }),
    () => testWebhook(ctx, { id }),
    () => listDeliveries(ctx, { id, ...PAGE }),
  ])
    await expectRefusal(work(), "not_found");
});
