-- A plan beside the books: versions of a fiscal year's budget, their months, and who answers for which line.

CREATE TYPE "budget_kind" AS ENUM ('budget', 'reforecast');

CREATE TABLE "budget_version" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fiscal_year" CHAR(7) NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "kind" "budget_kind" NOT NULL,
    "approved_at" TIMESTAMPTZ(3),
    "approved_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "budget_version_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "budget" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "budget_version_id" UUID NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "purpose" "purpose" NOT NULL,
    "month" CHAR(7) NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "budget_owner" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "team_id" UUID,
    "product_id" UUID,
    "purpose" "purpose" NOT NULL,
    "member_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,

    CONSTRAINT "budget_owner_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "budget_version_organization_id_fiscal_year_name_key" ON "budget_version"("organization_id", "fiscal_year", "name");

ALTER TABLE "budget_version" ADD CONSTRAINT "budget_version_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "budget" ADD CONSTRAINT "budget_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "budget" ADD CONSTRAINT "budget_organization_id_budget_version_id_fkey" FOREIGN KEY ("organization_id", "budget_version_id") REFERENCES "budget_version"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "budget" ADD CONSTRAINT "budget_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "budget" ADD CONSTRAINT "budget_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "budget_owner" ADD CONSTRAINT "budget_owner_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "budget_owner" ADD CONSTRAINT "budget_owner_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "budget_owner" ADD CONSTRAINT "budget_owner_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "budget_owner" ADD CONSTRAINT "budget_owner_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- A target is a team, a product, or neither; only the two lines are planned; what may be spent is not negative.
ALTER TABLE budget_version
  ADD CONSTRAINT budget_version_fiscal_year CHECK (fiscal_year ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT budget_version_approval CHECK ((approved_at IS NULL) = (approved_by_id IS NULL));

ALTER TABLE budget
  ADD CONSTRAINT budget_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT budget_amount CHECK (amount_minor BETWEEN 0 AND 1000000000000),
  ADD CONSTRAINT budget_one_target CHECK (num_nonnulls(team_id, product_id) <= 1),
  ADD CONSTRAINT budget_purpose CHECK (purpose <> 'unclassified');

ALTER TABLE budget_owner
  ADD CONSTRAINT budget_owner_one_target CHECK (num_nonnulls(team_id, product_id) <= 1),
  ADD CONSTRAINT budget_owner_purpose CHECK (purpose <> 'unclassified');

-- One amount of a target, line and month; neither team nor product is one target too.
CREATE UNIQUE INDEX budget_once ON budget (organization_id, budget_version_id, purpose, month, coalesce(team_id, product_id, organization_id));
CREATE UNIQUE INDEX budget_owner_once ON budget_owner (organization_id, purpose, starts_on, coalesce(team_id, product_id, organization_id));

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['budget_version', 'budget', 'budget_owner']
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
