-- Shares of a budget at which somebody wants to know, and the alerts that they raised: one of each threshold and month.

CREATE TABLE "threshold" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "purpose" "purpose",
    "team_id" UUID,
    "percent" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "threshold_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "alert" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "threshold_id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "budgeted_minor" BIGINT NOT NULL,
    "actual_minor" BIGINT NOT NULL,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "alert_organization_id_threshold_id_month_key" ON "alert"("organization_id", "threshold_id", "month");
CREATE INDEX "alert_organization_id_month_idx" ON "alert"("organization_id", "month");

ALTER TABLE "threshold" ADD CONSTRAINT "threshold_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "threshold" ADD CONSTRAINT "threshold_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "alert" ADD CONSTRAINT "alert_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert" ADD CONSTRAINT "alert_organization_id_threshold_id_fkey" FOREIGN KEY ("organization_id", "threshold_id") REFERENCES "threshold"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE threshold
  ADD CONSTRAINT threshold_percent CHECK (percent BETWEEN 1 AND 1000),
  ADD CONSTRAINT threshold_purpose CHECK (purpose <> 'unclassified');

ALTER TABLE alert
  ADD CONSTRAINT alert_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT alert_budgeted CHECK (budgeted_minor >= 0);

-- The same share of the same budget once, while it is watched.
CREATE UNIQUE INDEX threshold_once ON threshold (organization_id, percent, coalesce(purpose, 'unclassified'), coalesce(team_id, organization_id)) WHERE ended_at IS NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['threshold', 'alert']
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
