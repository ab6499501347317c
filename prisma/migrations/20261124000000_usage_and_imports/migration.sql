-- Usage, the files that bring it, who is meant by a provider's names, and what tokens cost.

CREATE TYPE "person_analysis" AS ENUM ('off', 'pseudonymous', 'on');

CREATE TYPE "import_state" AS ENUM ('receiving', 'reading', 'asking', 'ready', 'refused', 'committing', 'committed', 'undoing', 'undone');

CREATE TYPE "file_format" AS ENUM ('anthropic_console_cost', 'anthropic_console_tokens', 'claude_ai_spend', 'openai_cost', 'github_copilot_usage', 'cursor_usage', 'ccusage', 'claude_code_logs', 'focus', 'people_and_seats', 'invoices');

CREATE TYPE "identity_kind" AS ENUM ('email', 'user', 'api_key', 'workspace', 'device');

CREATE TYPE "service_tier" AS ENUM ('standard', 'batch', 'priority', 'flex', 'fast');

CREATE TYPE "usage_cost_kind" AS ENUM ('metered', 'on_top', 'api_equivalent');

ALTER TABLE "organization"
  ADD COLUMN "person_analysis" "person_analysis" NOT NULL DEFAULT 'on',
  ADD COLUMN "minimum_group_size" SMALLINT NOT NULL DEFAULT 5;

CREATE TABLE "import" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" "import_state" NOT NULL,
    "file_name" VARCHAR(255) NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "read_bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" CHAR(64),
    "format" "file_format",
    "format_version" VARCHAR(40),
    "service_provider_id" UUID,
    "options" JSONB NOT NULL,
    "question" JSONB,
    "preview" JSONB,
    "errors" JSONB,
    "error_count" INTEGER NOT NULL DEFAULT 0,
    "refusal" VARCHAR(500),
    "report" JSONB,
    "first_day" DATE,
    "last_day" DATE,
    "sequence" BIGINT,
    "leased_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "committed_at" TIMESTAMPTZ(3),
    "committed_by_id" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "import_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "import_chunk" (
    "organization_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "import_chunk_pkey" PRIMARY KEY ("organization_id","import_id","position")
);

CREATE TABLE "staged_usage" (
    "organization_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "identity_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "key" BIGINT NOT NULL,
    "source" "file_format" NOT NULL,
    "model" VARCHAR(100) NOT NULL,
    "service_tier" "service_tier" NOT NULL,
    "cost_kind" "usage_cost_kind" NOT NULL,
    "uncached_input" BIGINT NOT NULL,
    "cache_read" BIGINT NOT NULL,
    "cache_write_5m" BIGINT NOT NULL,
    "cache_write_1h" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "cost_nano" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "spread_days" SMALLINT NOT NULL,

    CONSTRAINT "staged_usage_pkey" PRIMARY KEY ("organization_id","import_id","position")
);

CREATE TABLE "staged_fact" (
    "organization_id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "fact" JSONB NOT NULL,

    CONSTRAINT "staged_fact_pkey" PRIMARY KEY ("organization_id","import_id","position")
);

CREATE TABLE "identity" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "kind" "identity_kind" NOT NULL,
    "external_id" VARCHAR(420) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "parent_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "identity_match" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "member_id" UUID,
    "api_account_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID,

    CONSTRAINT "identity_match_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "model_price" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "model" VARCHAR(100) NOT NULL,
    "service_tier" "service_tier" NOT NULL,
    "starts_on" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "uncached_input" DECIMAL(20,6) NOT NULL,
    "cache_read" DECIMAL(20,6) NOT NULL,
    "cache_write_5m" DECIMAL(20,6) NOT NULL,
    "cache_write_1h" DECIMAL(20,6) NOT NULL,
    "output" DECIMAL(20,6) NOT NULL,
    "source" VARCHAR(200) NOT NULL,
    "as_of" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "usage" (
    "organization_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "key" BIGINT NOT NULL,
    "import_id" UUID NOT NULL,
    "source" "file_format" NOT NULL,
    "model" VARCHAR(100) NOT NULL,
    "service_tier" "service_tier" NOT NULL,
    "cost_kind" "usage_cost_kind" NOT NULL,
    "uncached_input" BIGINT NOT NULL,
    "cache_read" BIGINT NOT NULL,
    "cache_write_5m" BIGINT NOT NULL,
    "cache_write_1h" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "cost_nano" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "spread_days" SMALLINT NOT NULL,

    CONSTRAINT "usage_pkey" PRIMARY KEY ("organization_id","identity_id","day","key")
);

CREATE TABLE "replaced_usage" (
    "organization_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "key" BIGINT NOT NULL,
    "import_id" UUID NOT NULL,
    "source" "file_format" NOT NULL,
    "model" VARCHAR(100) NOT NULL,
    "service_tier" "service_tier" NOT NULL,
    "cost_kind" "usage_cost_kind" NOT NULL,
    "uncached_input" BIGINT NOT NULL,
    "cache_read" BIGINT NOT NULL,
    "cache_write_5m" BIGINT NOT NULL,
    "cache_write_1h" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "cost_nano" BIGINT,
    "currency" CHAR(3) NOT NULL,
    "spread_days" SMALLINT NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "replaced_usage_pkey" PRIMARY KEY ("organization_id","identity_id","day","key","import_id")
);

CREATE TABLE "usage_log" (
    "organization_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "import_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "usage_log_pkey" PRIMARY KEY ("organization_id","identity_id","month","import_id")
);

CREATE TABLE "usage_month" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "member_id" UUID,
    "api_account_id" UUID,
    "model" VARCHAR(100) NOT NULL,
    "cost_kind" "usage_cost_kind" NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "uncached_input" BIGINT NOT NULL,
    "cache_read" BIGINT NOT NULL,
    "cache_write_5m" BIGINT NOT NULL,
    "cache_write_1h" BIGINT NOT NULL,
    "output" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "cost_nano" BIGINT NOT NULL,
    "unpriced_tokens" BIGINT NOT NULL,

    CONSTRAINT "usage_month_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "usage_day" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "identity_id" UUID NOT NULL,
    "api_account_id" UUID,
    "member_id" UUID,
    "cost_kind" "usage_cost_kind" NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "tokens" BIGINT NOT NULL,
    "requests" BIGINT NOT NULL,
    "cost_nano" BIGINT NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "import_organization_id_sha256_idx" ON "import"("organization_id", "sha256");

CREATE INDEX "identity_organization_id_parent_id_idx" ON "identity"("organization_id", "parent_id");

CREATE UNIQUE INDEX "identity_organization_id_service_provider_id_kind_external__key" ON "identity"("organization_id", "service_provider_id", "kind", "external_id");

CREATE UNIQUE INDEX "identity_match_organization_id_identity_id_starts_on_key" ON "identity_match"("organization_id", "identity_id", "starts_on");

CREATE UNIQUE INDEX "model_price_organization_id_service_provider_id_model_servi_key" ON "model_price"("organization_id", "service_provider_id", "model", "service_tier", "starts_on");

CREATE INDEX "usage_log_organization_id_import_id_idx" ON "usage_log"("organization_id", "import_id");

CREATE INDEX "usage_month_organization_id_month_identity_id_idx" ON "usage_month"("organization_id", "month", "identity_id");

CREATE INDEX "usage_month_organization_id_identity_id_idx" ON "usage_month"("organization_id", "identity_id");

CREATE INDEX "usage_day_organization_id_service_provider_id_day_idx" ON "usage_day"("organization_id", "service_provider_id", "day");

CREATE INDEX "usage_day_organization_id_day_idx" ON "usage_day"("organization_id", "day");

CREATE INDEX "usage_day_organization_id_identity_id_day_idx" ON "usage_day"("organization_id", "identity_id", "day");

ALTER TABLE "import" ADD CONSTRAINT "import_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "import_chunk" ADD CONSTRAINT "import_chunk_organization_id_import_id_fkey" FOREIGN KEY ("organization_id", "import_id") REFERENCES "import"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "staged_fact" ADD CONSTRAINT "staged_fact_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "staged_fact" ADD CONSTRAINT "staged_fact_organization_id_import_id_fkey" FOREIGN KEY ("organization_id", "import_id") REFERENCES "import"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "identity" ADD CONSTRAINT "identity_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "identity" ADD CONSTRAINT "identity_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "identity" ADD CONSTRAINT "identity_organization_id_parent_id_fkey" FOREIGN KEY ("organization_id", "parent_id") REFERENCES "identity"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "identity_match" ADD CONSTRAINT "identity_match_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "identity_match" ADD CONSTRAINT "identity_match_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "identity_match" ADD CONSTRAINT "identity_match_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "identity_match" ADD CONSTRAINT "identity_match_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "model_price" ADD CONSTRAINT "model_price_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "model_price" ADD CONSTRAINT "model_price_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage" ADD CONSTRAINT "usage_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "replaced_usage" ADD CONSTRAINT "replaced_usage_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "usage_log" ADD CONSTRAINT "usage_log_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "usage_log" ADD CONSTRAINT "usage_log_organization_id_import_id_fkey" FOREIGN KEY ("organization_id", "import_id") REFERENCES "import"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage_month" ADD CONSTRAINT "usage_month_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_identity_id_fkey" FOREIGN KEY ("organization_id", "identity_id") REFERENCES "identity"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "usage_day" ADD CONSTRAINT "usage_day_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What Prisma cannot say.

ALTER TABLE organization ADD CONSTRAINT organization_minimum_group_size CHECK (minimum_group_size BETWEEN 1 AND 1000);

ALTER TABLE import
  ADD CONSTRAINT import_size CHECK (size_bytes >= 0 AND read_bytes >= 0),
  ADD CONSTRAINT import_refusal CHECK ((state = 'refused') = (refusal IS NOT NULL)),
  ADD CONSTRAINT import_committed CHECK ((state IN ('committed', 'undoing', 'undone')) = (committed_at IS NOT NULL));

-- What a worker looks for, several times a second.
CREATE INDEX import_waiting ON import (created_at) WHERE state IN ('reading', 'committing', 'undoing');

ALTER TABLE identity_match ADD CONSTRAINT identity_match_somebody CHECK (num_nonnulls(member_id, api_account_id) > 0);

ALTER TABLE model_price
  ADD CONSTRAINT model_price_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT model_price_amounts CHECK (least(uncached_input, cache_read, cache_write_5m, cache_write_1h, output) >= 0
    AND 'NaN' NOT IN (uncached_input, cache_read, cache_write_5m, cache_write_1h, output));

ALTER TABLE usage
  ADD CONSTRAINT usage_tokens CHECK (least(uncached_input, cache_read, cache_write_5m, cache_write_1h, output, requests) >= 0);

ALTER TABLE usage_month ADD CONSTRAINT usage_month_month CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

-- Bytes that are packed or soon gone: compressing them again costs time and gains nothing.
ALTER TABLE import_chunk ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE usage_log ALTER COLUMN content SET STORAGE EXTERNAL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['import', 'import_chunk', 'staged_usage', 'staged_fact', 'identity', 'identity_match',
                              'model_price', 'usage', 'replaced_usage', 'usage_log', 'usage_month', 'usage_day']
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

-- COPY, which takes a million rows in seconds, does not work under row-level security: the owner writes staged rows,
-- each with the organization of its import, and only the application role, under its policy, reads them.
ALTER TABLE staged_usage NO FORCE ROW LEVEL SECURITY;

-- A worker sees which imports wait, whosever they are; it reads and changes them as their organization.
CREATE POLICY import_of_worker ON import FOR SELECT
  USING (current_setting('app.worker', true) = 'on' AND state IN ('reading', 'committing', 'undoing'));

-- Staged rows refer to nothing, so that staging a million of them costs no check; they go by name.
CREATE OR REPLACE FUNCTION remove_demo_organization() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM organization
  WHERE id = nullif(current_setting('app.organization_id', true), '')::uuid AND demo;
  IF FOUND THEN
    DELETE FROM staged_usage WHERE organization_id = nullif(current_setting('app.organization_id', true), '')::uuid;
    RETURN true;
  END IF;
  RETURN false;
END
$$;
REVOKE ALL ON FUNCTION remove_demo_organization() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_demo_organization() TO twoline_app;
