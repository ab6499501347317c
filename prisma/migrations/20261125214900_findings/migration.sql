-- What the rules find that costs more than it needs to or is a risk, with what people said of it; and how an organization
-- set the rules.

CREATE TYPE "finding_status" AS ENUM ('open', 'accepted', 'fixed', 'gone');

CREATE TABLE "finding" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "rule" VARCHAR(40) NOT NULL,
    "subject" VARCHAR(200) NOT NULL,
    "status" "finding_status" NOT NULL DEFAULT 'open',
    "api_account_id" UUID,
    "member_id" UUID,
    "team_id" UUID,
    "owner_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "accepted_minor" BIGINT,
    "reason" VARCHAR(1000) NOT NULL DEFAULT '',
    "fixed_on" DATE,
    "evidence" JSONB NOT NULL,
    "first_seen_on" DATE NOT NULL,
    "last_seen_on" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "misuse_settings" (
    "organization_id" UUID NOT NULL,
    "rules" JSONB NOT NULL DEFAULT '{}',
    "refreshed_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "misuse_settings_pkey" PRIMARY KEY ("organization_id")
);

CREATE UNIQUE INDEX "finding_organization_id_rule_subject_key" ON "finding"("organization_id", "rule", "subject");
CREATE INDEX "finding_organization_id_status_amount_minor_idx" ON "finding"("organization_id", "status", "amount_minor");

ALTER TABLE "finding" ADD CONSTRAINT "finding_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "finding" ADD CONSTRAINT "finding_organization_id_api_account_id_fkey" FOREIGN KEY ("organization_id", "api_account_id") REFERENCES "api_account"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "finding" ADD CONSTRAINT "finding_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "finding" ADD CONSTRAINT "finding_organization_id_team_id_fkey" FOREIGN KEY ("organization_id", "team_id") REFERENCES "team"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "finding" ADD CONSTRAINT "finding_organization_id_owner_id_fkey" FOREIGN KEY ("organization_id", "owner_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "misuse_settings" ADD CONSTRAINT "misuse_settings_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE finding
  ADD CONSTRAINT finding_amounts CHECK (amount_minor > 0 AND (accepted_minor IS NULL OR accepted_minor > 0)),
  ADD CONSTRAINT finding_accepted CHECK (status <> 'accepted' OR (accepted_minor IS NOT NULL AND reason <> '')),
  ADD CONSTRAINT finding_fixed CHECK ((status = 'fixed') = (fixed_on IS NOT NULL)),
  ADD CONSTRAINT finding_days CHECK (last_seen_on >= first_seen_on),
  ADD CONSTRAINT finding_evidence CHECK (jsonb_typeof(evidence) = 'array');
ALTER TABLE misuse_settings ADD CONSTRAINT misuse_settings_rules CHECK (jsonb_typeof(rules) = 'object');

GRANT SELECT, INSERT, UPDATE, DELETE ON finding, misuse_settings TO twoline_app;
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY finding_of_organization ON finding
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
ALTER TABLE misuse_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE misuse_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY misuse_settings_of_organization ON misuse_settings
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
