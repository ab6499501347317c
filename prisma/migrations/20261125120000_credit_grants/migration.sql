-- Credit at a provider: bought, given, or included in the plan of a contract.

ALTER TYPE "entry_kind" ADD VALUE 'prepaid';
ALTER TYPE "entry_kind" ADD VALUE 'prepaid_drawn';
ALTER TYPE "entry_kind" ADD VALUE 'covered';

CREATE TYPE "credit_grant_kind" AS ENUM ('purchase', 'gift', 'allowance');

CREATE TABLE "credit_grant" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "credit_grant_kind" NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "api_account_id" UUID,
    "subscription_id" UUID,
    "pooled" BOOLEAN NOT NULL DEFAULT false,
    "starts_on" DATE NOT NULL,
    "expires_on" DATE,
    "invoice_id" UUID,
    "charge_position" INTEGER,
    "note" VARCHAR(500) NOT NULL DEFAULT '',
    "voided_at" TIMESTAMPTZ(3),
    "void_reason" VARCHAR(500),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "credit_grant_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "credit_grant_organization_id_service_provider_id_idx" ON "credit_grant"("organization_id", "service_provider_id");
CREATE INDEX "credit_grant_organization_id_invoice_id_idx" ON "credit_grant"("organization_id", "invoice_id");

ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE credit_grant
  ADD CONSTRAINT credit_grant_amount CHECK (amount_minor BETWEEN 1 AND 1000000000000),
  ADD CONSTRAINT credit_grant_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT credit_grant_days CHECK (expires_on IS NULL OR expires_on > starts_on),
  ADD CONSTRAINT credit_grant_scope CHECK ((kind = 'allowance') = (subscription_id IS NOT NULL)
    AND (kind <> 'allowance' OR api_account_id IS NULL) AND (kind = 'allowance' OR NOT pooled)),
  ADD CONSTRAINT credit_grant_bought CHECK ((invoice_id IS NULL) = (charge_position IS NULL) AND (invoice_id IS NULL OR kind = 'purchase')),
  ADD CONSTRAINT credit_grant_void CHECK ((voided_at IS NULL) = (void_reason IS NULL));

-- A line buys one credit.
CREATE UNIQUE INDEX credit_grant_bought_once ON credit_grant (organization_id, invoice_id, charge_position) WHERE voided_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON credit_grant TO twoline_app;
ALTER TABLE credit_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE credit_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY credit_grant_of_organization ON credit_grant
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
