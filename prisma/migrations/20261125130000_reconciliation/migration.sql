-- What was really paid for an invoice, and who explained what differs.

-- CreateEnum
CREATE TYPE "difference_type" AS ENUM ('not_billed', 'proration', 'tax', 'credit', 'price_change', 'exchange_rate', 'late_revision', 'bank_fee', 'unexplained');

-- AlterTable
ALTER TABLE "organization" ADD COLUMN "tolerance_minor" BIGINT NOT NULL DEFAULT 100,
ADD COLUMN "tolerance_per_mille" SMALLINT NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "settlement" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "paid_on" DATE NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "bank_fee_minor" BIGINT NOT NULL DEFAULT 0,
    "note" VARCHAR(1000) NOT NULL DEFAULT '',
    "voided_at" TIMESTAMPTZ(3),
    "void_reason" VARCHAR(500),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "difference_acceptance" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "subscription_id" UUID,
    "api_account_id" UUID,
    "type" "difference_type" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "note" VARCHAR(1000) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_by_id" UUID,

    CONSTRAINT "difference_acceptance_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE INDEX "settlement_organization_id_invoice_id_idx" ON "settlement"("organization_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "difference_acceptance_organization_id_month_subscription_id_key" ON "difference_acceptance"("organization_id", "month", "subscription_id");

-- CreateIndex
CREATE UNIQUE INDEX "difference_acceptance_organization_id_month_api_account_id_key" ON "difference_acceptance"("organization_id", "month", "api_account_id");

-- AddForeignKey
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "difference_acceptance" ADD CONSTRAINT "difference_acceptance_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "difference_acceptance" ADD CONSTRAINT "difference_acceptance_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "difference_acceptance" ADD CONSTRAINT "difference_acceptance_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE organization
  ADD CONSTRAINT organization_tolerance CHECK (tolerance_minor BETWEEN 0 AND 1000000000000 AND tolerance_per_mille BETWEEN 0 AND 1000);

ALTER TABLE settlement
  ADD CONSTRAINT settlement_amount CHECK (amount_minor BETWEEN -1000000000000 AND 1000000000000 AND bank_fee_minor BETWEEN 0 AND 1000000000000),
  ADD CONSTRAINT settlement_void CHECK ((voided_at IS NULL) = (void_reason IS NULL));

ALTER TABLE difference_acceptance
  ADD CONSTRAINT difference_acceptance_month CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT difference_acceptance_one_contract CHECK (num_nonnulls(subscription_id, api_account_id) = 1);

-- Rights, and a policy that sees one organization. No sub-select, so that it can be distributed.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['settlement', 'difference_acceptance'] LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO twoline_app', name);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid)',
      name || '_of_organization', name);
  END LOOP;
END
$$;
