-- Who enters a contract's invoice and until which day, and whom a month without it was told.

CREATE TABLE "invoice_duty" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subscription_id" UUID,
    "api_account_id" UUID,
    "user_id" UUID NOT NULL,
    "due_day" INTEGER NOT NULL,
    "months_later" INTEGER NOT NULL,
    "since" DATE NOT NULL,

    CONSTRAINT "invoice_duty_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "invoice_reminder" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subscription_id" UUID,
    "api_account_id" UUID,
    "month" CHAR(7) NOT NULL,
    "due_on" DATE NOT NULL,
    "user_id" UUID NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invoice_reminder_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "invoice_duty_organization_id_subscription_id_key" ON "invoice_duty"("organization_id", "subscription_id");
CREATE UNIQUE INDEX "invoice_duty_organization_id_api_account_id_key" ON "invoice_duty"("organization_id", "api_account_id");
-- One of each contract and month, whoever is responsible by then.
CREATE UNIQUE INDEX "invoice_reminder_organization_id_subscription_id_month_key" ON "invoice_reminder"("organization_id", "subscription_id", "month");
CREATE UNIQUE INDEX "invoice_reminder_organization_id_api_account_id_month_key" ON "invoice_reminder"("organization_id", "api_account_id", "month");

ALTER TABLE "invoice_duty" ADD CONSTRAINT "invoice_duty_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invoice_duty" ADD CONSTRAINT "invoice_duty_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_duty" ADD CONSTRAINT "invoice_duty_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_duty" ADD CONSTRAINT "invoice_duty_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_reminder" ADD CONSTRAINT "invoice_reminder_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invoice_reminder" ADD CONSTRAINT "invoice_reminder_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_reminder" ADD CONSTRAINT "invoice_reminder_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "invoice_reminder" ADD CONSTRAINT "invoice_reminder_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE invoice_duty
  ADD CONSTRAINT invoice_duty_contract CHECK (num_nonnulls(subscription_id, api_account_id) = 1),
  ADD CONSTRAINT invoice_duty_due_day CHECK (due_day BETWEEN 1 AND 31),
  ADD CONSTRAINT invoice_duty_months_later CHECK (months_later BETWEEN 0 AND 1);

ALTER TABLE invoice_reminder
  ADD CONSTRAINT invoice_reminder_contract CHECK (num_nonnulls(subscription_id, api_account_id) = 1),
  ADD CONSTRAINT invoice_reminder_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$');

-- A reminder is told as an alert is.
ALTER TABLE message
  ADD COLUMN reminder_id UUID,
  DROP CONSTRAINT message_kind,
  ADD CONSTRAINT message_kind CHECK (
    num_nonnulls(alert_id, webhook_id, reminder_id) = 1
    AND kind = CASE WHEN alert_id IS NOT NULL THEN 'alert' WHEN webhook_id IS NOT NULL THEN 'webhook' ELSE 'reminder' END);
CREATE UNIQUE INDEX "message_organization_id_reminder_id_user_id_key" ON "message"("organization_id", "reminder_id", "user_id");
ALTER TABLE "message" ADD CONSTRAINT "message_organization_id_reminder_id_fkey" FOREIGN KEY ("organization_id", "reminder_id") REFERENCES "invoice_reminder"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE webhook_delivery
  ADD COLUMN reminder_id UUID,
  DROP CONSTRAINT webhook_delivery_kind,
  ADD CONSTRAINT webhook_delivery_kind CHECK (
    num_nonnulls(alert_id, reminder_id) <= 1
    AND kind = CASE WHEN alert_id IS NOT NULL THEN 'alert' WHEN reminder_id IS NOT NULL THEN 'reminder' ELSE 'test' END);
CREATE UNIQUE INDEX "webhook_delivery_organization_id_webhook_id_reminder_id_key" ON "webhook_delivery"("organization_id", "webhook_id", "reminder_id");
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_organization_id_reminder_id_fkey" FOREIGN KEY ("organization_id", "reminder_id") REFERENCES "invoice_reminder"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['invoice_duty', 'invoice_reminder']
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
