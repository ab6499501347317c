-- Addresses outside that are told what people are told, and what each was sent or waits to be.

CREATE TABLE "webhook" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "host" VARCHAR(300) NOT NULL,
    "url_sealed" VARCHAR(4000) NOT NULL,
    "secret_sealed" VARCHAR(500) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "webhook_delivery" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "alert_id" UUID,
    "body" VARCHAR(8000) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_status" INTEGER,
    "last_error" VARCHAR(300),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("organization_id","id")
);

-- No address is told of the same alert twice.
CREATE UNIQUE INDEX "webhook_delivery_organization_id_webhook_id_alert_id_key" ON "webhook_delivery"("organization_id", "webhook_id", "alert_id");
CREATE INDEX "webhook_delivery_due_at_idx" ON "webhook_delivery"("due_at");

ALTER TABLE "webhook" ADD CONSTRAINT "webhook_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_organization_id_webhook_id_fkey" FOREIGN KEY ("organization_id", "webhook_id") REFERENCES "webhook"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_organization_id_alert_id_fkey" FOREIGN KEY ("organization_id", "alert_id") REFERENCES "alert"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE webhook
  ADD CONSTRAINT webhook_failures CHECK (failures >= 0);

ALTER TABLE webhook_delivery
  ADD CONSTRAINT webhook_delivery_kind CHECK (kind = CASE WHEN alert_id IS NULL THEN 'test' ELSE 'alert' END),
  ADD CONSTRAINT webhook_delivery_attempts CHECK (attempts >= 0),
  -- What was sent is never due again.
  ADD CONSTRAINT webhook_delivery_sent_once CHECK (sent_at IS NULL OR due_at IS NULL);

-- A webhook that was switched off, because nothing reached it, is something that its owners are told.
ALTER TABLE message
  ALTER COLUMN alert_id DROP NOT NULL,
  ADD COLUMN webhook_id UUID,
  DROP CONSTRAINT message_kind,
  ADD CONSTRAINT message_kind CHECK (
    num_nonnulls(alert_id, webhook_id) = 1
    AND kind = CASE WHEN alert_id IS NOT NULL THEN 'alert' ELSE 'webhook' END);
ALTER TABLE "message" ADD CONSTRAINT "message_organization_id_webhook_id_fkey" FOREIGN KEY ("organization_id", "webhook_id") REFERENCES "webhook"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhook', 'webhook_delivery']
  LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO twoline_app', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid)',
      name || '_of_organization', name);
  END LOOP;
END
$$;

-- A worker sees which deliveries wait, whosever they are; it reads and changes them as their organization.
CREATE POLICY webhook_delivery_of_worker ON webhook_delivery FOR SELECT
  USING (current_setting('app.worker', true) = 'on' AND due_at IS NOT NULL);
