-- What months before the books begin came to, per team and line.

CREATE TABLE "opening_total" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "team_id" UUID,
    "purpose" "purpose" NOT NULL,
    "billing_model" "billing_model" NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "opening_total_pkey" PRIMARY KEY ("organization_id","id")
);

ALTER TABLE "opening_total" ADD CONSTRAINT "opening_total_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "opening_total" ADD CONSTRAINT "opening_total_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE opening_total
  ADD CONSTRAINT opening_total_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT opening_total_purpose CHECK (purpose <> 'unclassified');

CREATE UNIQUE INDEX opening_total_once ON opening_total (organization_id, month, purpose, billing_model, coalesce(team_id, organization_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON opening_total TO twoline_app;
ALTER TABLE opening_total ENABLE ROW LEVEL SECURITY;
ALTER TABLE opening_total FORCE ROW LEVEL SECURITY;
CREATE POLICY opening_total_of_organization ON opening_total
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
