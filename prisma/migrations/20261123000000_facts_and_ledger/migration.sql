-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('owner', 'finance', 'lead', 'member', 'auditor');

-- CreateEnum
CREATE TYPE "member_kind" AS ENUM ('person', 'shared_account', 'service');

-- CreateEnum
CREATE TYPE "purpose" AS ENUM ('developer_leverage', 'product_running', 'unclassified');

-- CreateEnum
CREATE TYPE "billing_model" AS ENUM ('flat', 'metered');

-- CreateEnum
CREATE TYPE "billing_interval" AS ENUM ('month', 'year');

-- CreateEnum
CREATE TYPE "proration_rule" AS ENUM ('prorated', 'full_cycle', 'calendar_month', 'as_billed');

-- CreateEnum
CREATE TYPE "api_account_kind" AS ENUM ('organization', 'workspace', 'project', 'key');

-- CreateEnum
CREATE TYPE "invoice_type" AS ENUM ('invoice', 'credit_note', 'receipt');

-- CreateEnum
CREATE TYPE "charge_category" AS ENUM ('usage', 'purchase', 'tax', 'credit', 'adjustment');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('cost', 'recoverable_tax', 'out_of_scope');

-- CreateEnum
CREATE TYPE "entry_state" AS ENUM ('billed', 'estimated');

-- CreateEnum
CREATE TYPE "entry_basis" AS ENUM ('direct', 'seat_days', 'shares', 'usage');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "password_hash" VARCHAR(255),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_agent" VARCHAR(300) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL,
    "account_key" CHAR(64) NOT NULL,
    "address_key" CHAR(64) NOT NULL,
    "succeeded" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "base_currency" CHAR(3) NOT NULL,
    "fiscal_year_start" SMALLINT NOT NULL,
    "books_start" CHAR(7) NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "posted_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_role" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "role" NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organization_role_pkey" PRIMARY KEY ("organization_id","user_id","role")
);

-- CreateTable
CREATE TABLE "invitation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "roles" "role"[],
    "team_ids" UUID[],
    "role_ends_on" DATE,
    "signs_in_user_id" UUID,
    "member_id" UUID,
    "token_hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "sequence" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" VARCHAR(60) NOT NULL,
    "target_type" VARCHAR(40) NOT NULL,
    "target_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" VARCHAR(64) NOT NULL,
    "previous_hash" CHAR(64) NOT NULL,
    "hash" CHAR(64) NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "organization_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "key" VARCHAR(200) NOT NULL,
    "request_hash" CHAR(64) NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("organization_id","actor_id","key")
);

-- CreateTable
CREATE TABLE "team" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "code" VARCHAR(40) NOT NULL,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "team_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "member" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "kind" "member_kind" NOT NULL DEFAULT 'person',
    "email" VARCHAR(254),
    "aliases" TEXT[],
    "user_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "member_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "team_membership" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "team_membership_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "team_lead" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "team_lead_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "product_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "service_provider" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "website" VARCHAR(200),
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "service_provider_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tool" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "rides_seat" BOOLEAN NOT NULL,
    "burns_key" BOOLEAN NOT NULL,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "plan" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "proration_rule" "proration_rule" NOT NULL,
    "minimum_seats" INTEGER NOT NULL DEFAULT 1,
    "included_allowance" VARCHAR(200),
    "archived_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "plan_price" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "billing_interval" "billing_interval" NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "source" VARCHAR(300) NOT NULL,

    CONSTRAINT "plan_price_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "billing_interval" "billing_interval" NOT NULL,
    "billing_anchor" DATE NOT NULL,
    "renews_on" DATE,
    "notice_days" INTEGER,
    "default_purpose" "purpose" NOT NULL DEFAULT 'developer_leverage',
    "default_product_id" UUID,
    "ends_on" DATE,
    "note" VARCHAR(1000) NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "subscription_term" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "seats" INTEGER NOT NULL,
    "unit_price_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,

    CONSTRAINT "subscription_term_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "assignment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "purpose" "purpose",
    "product_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "assignment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "api_account" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "parent_id" UUID,
    "service_provider_id" UUID NOT NULL,
    "kind" "api_account_kind" NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "external_id" VARCHAR(200),
    "tool_id" UUID,
    "monthly_spend_limit_minor" BIGINT,
    "spend_limit_currency" CHAR(3),
    "starts_on" DATE,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "api_account_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "classification" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "api_account_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "classification_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "classification_share" (
    "organization_id" UUID NOT NULL,
    "classification_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "basis_points" INTEGER NOT NULL,
    "purpose" "purpose" NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "member_id" UUID,

    CONSTRAINT "classification_share_pkey" PRIMARY KEY ("organization_id","classification_id","position")
);

-- CreateTable
CREATE TABLE "invoice" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "type" "invoice_type" NOT NULL DEFAULT 'invoice',
    "number" VARCHAR(100) NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "issue_date" DATE NOT NULL,
    "due_date" DATE,
    "purchase_order" VARCHAR(100),
    "currency" CHAR(3) NOT NULL,
    "billed_cost_minor" BIGINT NOT NULL,
    "paid_by_member_id" UUID,
    "reimbursed_minor" BIGINT,
    "note" VARCHAR(1000) NOT NULL DEFAULT '',
    "voided_at" TIMESTAMPTZ(3),
    "void_reason" VARCHAR(500),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "charge" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "charge_category" "charge_category" NOT NULL,
    "description" VARCHAR(300) NOT NULL,
    "charge_period_start" DATE,
    "charge_period_end" DATE,
    "quantity" DECIMAL(20,6),
    "unit_price" DECIMAL(20,9),
    "billed_cost_minor" BIGINT NOT NULL,
    "subscription_id" UUID,
    "plan_id" UUID,
    "api_account_id" UUID,
    "member_id" UUID,
    "out_of_scope" BOOLEAN NOT NULL DEFAULT false,
    "recoverable_basis_points" INTEGER NOT NULL DEFAULT 0,
    "self_assessed" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "charge_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "charge_share" (
    "organization_id" UUID NOT NULL,
    "charge_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "basis_points" INTEGER NOT NULL,
    "purpose" "purpose" NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "member_id" UUID,

    CONSTRAINT "charge_share_pkey" PRIMARY KEY ("organization_id","charge_id","position")
);

-- CreateTable
CREATE TABLE "charge_following" (
    "organization_id" UUID NOT NULL,
    "charge_id" UUID NOT NULL,
    "followed_charge_id" UUID NOT NULL,

    CONSTRAINT "charge_following_pkey" PRIMARY KEY ("organization_id","charge_id","followed_charge_id")
);

-- CreateTable
CREATE TABLE "invoice_draft" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7),
    "subscription_id" UUID,
    "api_account_id" UUID,
    "content" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "invoice_draft_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "file_name" VARCHAR(200) NOT NULL,
    "media_type" VARCHAR(100) NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "content" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "exchange_rate" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "date" DATE NOT NULL,
    "from_currency" CHAR(3) NOT NULL,
    "to_currency" CHAR(3) NOT NULL,
    "rate" DECIMAL(24,12) NOT NULL,
    "source" VARCHAR(200) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "month" CHAR(7) NOT NULL,
    "billing_month" CHAR(7) NOT NULL,
    "purpose" "purpose" NOT NULL,
    "billing_model" "billing_model" NOT NULL,
    "state" "entry_state" NOT NULL,
    "charge_category" "charge_category" NOT NULL,
    "basis" "entry_basis" NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "service_provider_id" UUID NOT NULL,
    "member_id" UUID,
    "unassigned" BOOLEAN NOT NULL,
    "subscription_id" UUID,
    "plan_id" UUID,
    "api_account_id" UUID,
    "invoice_id" UUID,
    "charge_id" UUID,
    "charge_period_start" DATE NOT NULL,
    "charge_period_end" DATE NOT NULL,
    "seat_days" INTEGER,
    "self_assessed" BOOLEAN NOT NULL,
    "cost_minor" BIGINT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "base_cost_minor" BIGINT NOT NULL,
    "rate" DECIMAL(24,12),
    "rate_date" DATE,
    "correction_of" CHAR(7),

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "ledger_total" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "entry_kind" NOT NULL,
    "month" CHAR(7) NOT NULL,
    "billing_month" CHAR(7) NOT NULL,
    "purpose" "purpose" NOT NULL,
    "billing_model" "billing_model" NOT NULL,
    "state" "entry_state" NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "service_provider_id" UUID NOT NULL,
    "self_assessed" BOOLEAN NOT NULL,
    "base_cost_minor" BIGINT NOT NULL,

    CONSTRAINT "ledger_total_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_attempt_account_key_at_idx" ON "sign_in_attempt"("account_key", "at");

-- CreateIndex
CREATE INDEX "sign_in_attempt_address_key_at_idx" ON "sign_in_attempt"("address_key", "at");

-- CreateIndex
CREATE INDEX "organization_role_user_id_idx" ON "organization_role"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_organization_id_token_hash_key" ON "invitation"("organization_id", "token_hash");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_target_id_idx" ON "audit_event"("organization_id", "target_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_organization_id_sequence_key" ON "audit_event"("organization_id", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "team_organization_id_name_key" ON "team"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "team_organization_id_code_key" ON "team"("organization_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_email_key" ON "member"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_user_id_key" ON "member"("organization_id", "user_id");

-- CreateIndex
CREATE INDEX "team_membership_organization_id_member_id_idx" ON "team_membership"("organization_id", "member_id");

-- CreateIndex
CREATE INDEX "team_lead_organization_id_member_id_idx" ON "team_lead"("organization_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_organization_id_name_key" ON "product"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "service_provider_organization_id_name_key" ON "service_provider"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "tool_organization_id_name_key" ON "tool"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "plan_organization_id_service_provider_id_name_key" ON "plan"("organization_id", "service_provider_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "plan_price_organization_id_plan_id_billing_interval_currenc_key" ON "plan_price"("organization_id", "plan_id", "billing_interval", "currency", "starts_on");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_organization_id_name_key" ON "subscription"("organization_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_term_organization_id_subscription_id_plan_id_s_key" ON "subscription_term"("organization_id", "subscription_id", "plan_id", "starts_on");

-- CreateIndex
CREATE INDEX "assignment_organization_id_subscription_id_idx" ON "assignment"("organization_id", "subscription_id");

-- CreateIndex
CREATE INDEX "assignment_organization_id_member_id_idx" ON "assignment"("organization_id", "member_id");

-- CreateIndex
CREATE INDEX "api_account_organization_id_parent_id_idx" ON "api_account"("organization_id", "parent_id");

-- CreateIndex
CREATE UNIQUE INDEX "api_account_organization_id_service_provider_id_external_id_key" ON "api_account"("organization_id", "service_provider_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "classification_organization_id_api_account_id_starts_on_key" ON "classification"("organization_id", "api_account_id", "starts_on");

-- CreateIndex
CREATE INDEX "invoice_organization_id_issue_date_idx" ON "invoice"("organization_id", "issue_date");

-- CreateIndex
CREATE INDEX "charge_organization_id_subscription_id_idx" ON "charge"("organization_id", "subscription_id");

-- CreateIndex
CREATE INDEX "charge_organization_id_api_account_id_idx" ON "charge"("organization_id", "api_account_id");

-- CreateIndex
CREATE UNIQUE INDEX "charge_organization_id_invoice_id_position_key" ON "charge"("organization_id", "invoice_id", "position");

-- CreateIndex
CREATE INDEX "invoice_draft_organization_id_month_idx" ON "invoice_draft"("organization_id", "month");

-- CreateIndex
CREATE INDEX "attachment_organization_id_invoice_id_idx" ON "attachment"("organization_id", "invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "exchange_rate_organization_id_from_currency_to_currency_dat_key" ON "exchange_rate"("organization_id", "from_currency", "to_currency", "date");

-- CreateIndex
CREATE INDEX "ledger_entry_organization_id_month_purpose_id_idx" ON "ledger_entry"("organization_id", "month", "purpose", "id");

-- CreateIndex
CREATE INDEX "ledger_entry_organization_id_billing_month_idx" ON "ledger_entry"("organization_id", "billing_month");

-- CreateIndex
CREATE INDEX "ledger_entry_organization_id_invoice_id_idx" ON "ledger_entry"("organization_id", "invoice_id");

-- CreateIndex
CREATE INDEX "ledger_entry_organization_id_subscription_id_state_idx" ON "ledger_entry"("organization_id", "subscription_id", "state");

-- CreateIndex
CREATE INDEX "ledger_entry_organization_id_member_id_month_idx" ON "ledger_entry"("organization_id", "member_id", "month");

-- CreateIndex
CREATE INDEX "ledger_total_organization_id_month_idx" ON "ledger_total"("organization_id", "month");

-- CreateIndex
CREATE INDEX "ledger_total_organization_id_billing_month_idx" ON "ledger_total"("organization_id", "billing_month");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "organization_role" ADD CONSTRAINT "organization_role_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_role" ADD CONSTRAINT "organization_role_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_signs_in_user_id_fkey" FOREIGN KEY ("signs_in_user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_record" ADD CONSTRAINT "idempotency_record_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_membership" ADD CONSTRAINT "team_membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_membership" ADD CONSTRAINT "team_membership_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_membership" ADD CONSTRAINT "team_membership_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_lead" ADD CONSTRAINT "team_lead_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team_lead" ADD CONSTRAINT "team_lead_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "team_lead" ADD CONSTRAINT "team_lead_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_provider" ADD CONSTRAINT "service_provider_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tool" ADD CONSTRAINT "tool_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "plan_price" ADD CONSTRAINT "plan_price_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_price" ADD CONSTRAINT "plan_price_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_organization_id_default_product_id_fkey" FOREIGN KEY ("organization_id", "default_product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription_term" ADD CONSTRAINT "subscription_term_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_term" ADD CONSTRAINT "subscription_term_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "subscription_term" ADD CONSTRAINT "subscription_term_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_account" ADD CONSTRAINT "api_account_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_account" ADD CONSTRAINT "api_account_organization_id_parent_id_fkey" FOREIGN KEY ("organization_id", "parent_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_account" ADD CONSTRAINT "api_account_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "api_account" ADD CONSTRAINT "api_account_organization_id_tool_id_fkey" FOREIGN KEY ("organization_id", "tool_id") REFERENCES "tool"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification" ADD CONSTRAINT "classification_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "classification" ADD CONSTRAINT "classification_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification_share" ADD CONSTRAINT "classification_share_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "classification_share" ADD CONSTRAINT "classification_share_organization_id_classification_id_fkey" FOREIGN KEY ("organization_id", "classification_id") REFERENCES "classification"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification_share" ADD CONSTRAINT "classification_share_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification_share" ADD CONSTRAINT "classification_share_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "classification_share" ADD CONSTRAINT "classification_share_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_organization_id_paid_by_member_id_fkey" FOREIGN KEY ("organization_id", "paid_by_member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_share" ADD CONSTRAINT "charge_share_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge_share" ADD CONSTRAINT "charge_share_organization_id_charge_id_fkey" FOREIGN KEY ("organization_id", "charge_id") REFERENCES "charge"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_share" ADD CONSTRAINT "charge_share_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_share" ADD CONSTRAINT "charge_share_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_share" ADD CONSTRAINT "charge_share_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_following" ADD CONSTRAINT "charge_following_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge_following" ADD CONSTRAINT "charge_following_organization_id_charge_id_fkey" FOREIGN KEY ("organization_id", "charge_id") REFERENCES "charge"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "charge_following" ADD CONSTRAINT "charge_following_organization_id_followed_charge_id_fkey" FOREIGN KEY ("organization_id", "followed_charge_id") REFERENCES "charge"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invoice_draft" ADD CONSTRAINT "invoice_draft_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_draft" ADD CONSTRAINT "invoice_draft_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "invoice_draft" ADD CONSTRAINT "invoice_draft_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "exchange_rate" ADD CONSTRAINT "exchange_rate_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_charge_id_fkey" FOREIGN KEY ("organization_id", "charge_id") REFERENCES "charge"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_total" ADD CONSTRAINT "ledger_total_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_total" ADD CONSTRAINT "ledger_total_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_total" ADD CONSTRAINT "ledger_total_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ledger_total" ADD CONSTRAINT "ledger_total_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
