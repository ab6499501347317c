-- A month that is closed never moves: what it held is kept for ever, and what is learned later is booked in the first open month.

CREATE TABLE "closing" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "content" BYTEA NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "row_count" INTEGER NOT NULL,
    "totals" JSONB NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_by_id" UUID NOT NULL,
    "approved_by_id" UUID,

    CONSTRAINT "closing_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "closed_period" (
    "organization_id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "closing_id" UUID NOT NULL,

    CONSTRAINT "closed_period_pkey" PRIMARY KEY ("organization_id","month")
);

CREATE TABLE "reopening" (
    "organization_id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "reopened_at" TIMESTAMPTZ(3) NOT NULL,
    "reopened_by_id" UUID NOT NULL,

    CONSTRAINT "reopening_pkey" PRIMARY KEY ("organization_id","closing_id")
);

CREATE TABLE "closing_acceptance" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "kind" VARCHAR(40) NOT NULL,
    "subject_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "note" VARCHAR(500) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_by_id" UUID NOT NULL,

    CONSTRAINT "closing_acceptance_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "closing_approval" (
    "organization_id" UUID NOT NULL,
    "month" CHAR(7) NOT NULL,
    "approved_at" TIMESTAMPTZ(3) NOT NULL,
    "approved_by_id" UUID NOT NULL,

    CONSTRAINT "closing_approval_pkey" PRIMARY KEY ("organization_id","month")
);

CREATE INDEX "closing_organization_id_month_idx" ON "closing"("organization_id", "month");
CREATE UNIQUE INDEX "closed_period_organization_id_closing_id_key" ON "closed_period"("organization_id", "closing_id");
CREATE UNIQUE INDEX "closing_acceptance_organization_id_month_kind_subject_id_key" ON "closing_acceptance"("organization_id", "month", "kind", "subject_id");

ALTER TABLE "closing" ADD CONSTRAINT "closing_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closed_period" ADD CONSTRAINT "closed_period_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closed_period" ADD CONSTRAINT "closed_period_organization_id_closing_id_fkey" FOREIGN KEY ("organization_id", "closing_id") REFERENCES "closing"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "reopening" ADD CONSTRAINT "reopening_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "reopening" ADD CONSTRAINT "reopening_organization_id_closing_id_fkey" FOREIGN KEY ("organization_id", "closing_id") REFERENCES "closing"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "closing_acceptance" ADD CONSTRAINT "closing_acceptance_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "closing_approval" ADD CONSTRAINT "closing_approval_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "organization" ADD COLUMN "closing_needs_approval" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "ledger_total" ADD COLUMN "correction_of" CHAR(7);

-- The month in which an invoice counts on the billed basis: of its issue, or the first that was open when it came.
ALTER TABLE "invoice" ADD COLUMN "billing_month" CHAR(7);
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
UPDATE invoice SET billing_month = to_char(issue_date, 'YYYY-MM');
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice
  ALTER COLUMN billing_month SET NOT NULL,
  ADD CONSTRAINT invoice_billing_month CHECK (billing_month >= to_char(issue_date, 'YYYY-MM') AND billing_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');

-- A correction takes seat days back, and counts in a later month than the one that it corrects.
ALTER TABLE ledger_entry
  DROP CONSTRAINT ledger_entry_seat_days,
  ADD CONSTRAINT ledger_entry_seat_days CHECK (seat_days >= 0 OR correction_of IS NOT NULL),
  ADD CONSTRAINT ledger_entry_correction_of CHECK (correction_of < month AND correction_of ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');
CREATE INDEX ledger_entry_corrections ON ledger_entry (organization_id, correction_of) WHERE correction_of IS NOT NULL;

ALTER TABLE closing
  ADD CONSTRAINT closing_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT closing_row_count CHECK (row_count >= 0),
  ADD CONSTRAINT closing_sha256 CHECK (sha256 = encode(sha256(content), 'hex')),
  ADD CONSTRAINT closing_two_people CHECK (approved_by_id IS DISTINCT FROM closed_by_id);
ALTER TABLE closed_period ADD CONSTRAINT closed_period_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$');
ALTER TABLE reopening ADD CONSTRAINT reopening_has_a_reason CHECK (btrim(reason) <> '');
ALTER TABLE closing_acceptance
  ADD CONSTRAINT closing_acceptance_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT closing_acceptance_has_a_note CHECK (btrim(note) <> '');
ALTER TABLE closing_approval ADD CONSTRAINT closing_approval_month CHECK (month ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$');

-- What was closed and why it was opened again is never changed and never removed.
GRANT SELECT, INSERT ON closing, reopening TO twoline_app;
GRANT SELECT, INSERT, DELETE ON closed_period, closing_acceptance, closing_approval TO twoline_app;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['closing', 'closed_period', 'reopening', 'closing_acceptance', 'closing_approval']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid)',
      name || '_of_organization', name);
  END LOOP;
END
$$;
