-- What is expected beyond the ledger, and how metered use is forecast: made with the estimates, read by the budget.
CREATE TYPE "forecast_method" AS ENUM ('trailing_mean', 'seasonal_naive', 'damped_trend');

CREATE TYPE "forecast_history" AS ENUM ('usage', 'charges');

CREATE TABLE "expected_cost" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "purpose" "purpose" NOT NULL,
    "billing_model" "billing_model" NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "service_provider_id" UUID NOT NULL,
    "subscription_id" UUID,
    "api_account_id" UUID,
    "currency" CHAR(3) NOT NULL,
    "cost_minor" BIGINT NOT NULL,
    "base_cost_minor" BIGINT NOT NULL,
    "below_minor" BIGINT,
    "above_minor" BIGINT,

    CONSTRAINT "expected_cost_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "metered_forecast" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "service_provider_id" UUID NOT NULL,
    "subscription_id" UUID,
    "api_account_id" UUID,
    "currency" CHAR(3) NOT NULL,
    "history" "forecast_history" NOT NULL,
    "history_days" INTEGER NOT NULL,
    "known_until" DATE NOT NULL,
    "method" "forecast_method" NOT NULL,
    "error_basis_points" INTEGER,
    "tested_days" INTEGER,
    "later_method" "forecast_method" NOT NULL,
    "later_error_basis_points" INTEGER,
    "later_tested_days" INTEGER,
    "year_below_minor" BIGINT,
    "year_above_minor" BIGINT,
    "days" JSONB NOT NULL,

    CONSTRAINT "metered_forecast_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "expected_cost_organization_id_month_idx" ON "expected_cost"("organization_id", "month");

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "expected_cost" ADD CONSTRAINT "expected_cost_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "metered_forecast" ADD CONSTRAINT "metered_forecast_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "metered_forecast" ADD CONSTRAINT "metered_forecast_organization_id_service_provider_id_fkey" FOREIGN KEY ("organization_id", "service_provider_id") REFERENCES "service_provider"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "metered_forecast" ADD CONSTRAINT "metered_forecast_organization_id_subscription_id_fkey" FOREIGN KEY ("organization_id", "subscription_id") REFERENCES "subscription"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE "metered_forecast" ADD CONSTRAINT "metered_forecast_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE expected_cost
  ADD CONSTRAINT expected_cost_month CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT expected_cost_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT expected_cost_interval CHECK (least(below_minor, above_minor) >= 0),
  ADD CONSTRAINT expected_cost_of_one CHECK (subscription_id IS NULL OR api_account_id IS NULL);

ALTER TABLE metered_forecast
  ADD CONSTRAINT metered_forecast_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT metered_forecast_counts CHECK (least(history_days, error_basis_points, later_error_basis_points) >= 0
    AND least(tested_days, later_tested_days) >= 1),
  ADD CONSTRAINT metered_forecast_interval CHECK (least(year_below_minor, year_above_minor) >= 0),
  ADD CONSTRAINT metered_forecast_of_one CHECK (subscription_id IS NULL OR api_account_id IS NULL);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['expected_cost', 'metered_forecast']
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

-- Whoever reads the books next makes the forecast with the estimates, as on the first look of a day.
ALTER TABLE organization NO FORCE ROW LEVEL SECURITY;
UPDATE organization SET posted_on = NULL;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
