-- What Prisma cannot say: checks, exclusions, row-level security and the application role.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Months, currencies, days, shares and signs.

ALTER TABLE organization
  ADD CONSTRAINT organization_fiscal_year_start CHECK (fiscal_year_start BETWEEN 1 AND 12),
  ADD CONSTRAINT organization_books_start CHECK (books_start ~ '^2[0-9]{3}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT organization_base_currency CHECK (base_currency ~ '^[A-Z]{3}$');

ALTER TABLE app_user ADD CONSTRAINT app_user_email_normalized CHECK (email = lower(email) AND email = btrim(email));

ALTER TABLE team_membership
  ADD CONSTRAINT team_membership_days CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT team_membership_one_team_at_a_time EXCLUDE USING gist
    (organization_id WITH =, member_id WITH =, daterange(starts_on, ends_on) WITH &&);

ALTER TABLE team_lead
  ADD CONSTRAINT team_lead_days CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT team_lead_once EXCLUDE USING gist
    (organization_id WITH =, team_id WITH =, member_id WITH =, daterange(starts_on, ends_on) WITH &&);

ALTER TABLE plan ADD CONSTRAINT plan_minimum_seats CHECK (minimum_seats BETWEEN 1 AND 100000);

ALTER TABLE plan_price
  ADD CONSTRAINT plan_price_amount CHECK (unit_price_minor BETWEEN 0 AND 1000000000000),
  ADD CONSTRAINT plan_price_currency CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE subscription
  ADD CONSTRAINT subscription_notice_days CHECK (notice_days BETWEEN 0 AND 3650),
  ADD CONSTRAINT subscription_days CHECK (ends_on IS NULL OR ends_on >= billing_anchor);

ALTER TABLE subscription_term
  ADD CONSTRAINT subscription_term_seats CHECK (seats BETWEEN 0 AND 100000),
  ADD CONSTRAINT subscription_term_amount CHECK (unit_price_minor BETWEEN 0 AND 1000000000000),
  ADD CONSTRAINT subscription_term_currency CHECK (currency ~ '^[A-Z]{3}$');

ALTER TABLE assignment
  ADD CONSTRAINT assignment_days CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT assignment_one_seat_of_a_plan EXCLUDE USING gist
    (organization_id WITH =, subscription_id WITH =, plan_id WITH =, member_id WITH =, daterange(starts_on, ends_on) WITH &&);

ALTER TABLE api_account
  ADD CONSTRAINT api_account_not_its_own_parent CHECK (parent_id IS DISTINCT FROM id),
  ADD CONSTRAINT api_account_days CHECK (ends_on IS NULL OR starts_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT api_account_spend_limit CHECK (monthly_spend_limit_minor BETWEEN 0 AND 1000000000000 AND (monthly_spend_limit_minor IS NULL) = (spend_limit_currency IS NULL));

ALTER TABLE classification_share
  ADD CONSTRAINT classification_share_basis_points CHECK (basis_points BETWEEN 1 AND 10000);

ALTER TABLE charge_share
  ADD CONSTRAINT charge_share_basis_points CHECK (basis_points BETWEEN 1 AND 10000);

ALTER TABLE invoice
  ADD CONSTRAINT invoice_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT invoice_amount CHECK (billed_cost_minor BETWEEN -1000000000000000 AND 1000000000000000),
  ADD CONSTRAINT invoice_reimbursement CHECK (reimbursed_minor IS NULL OR paid_by_member_id IS NOT NULL),
  ADD CONSTRAINT invoice_void CHECK ((voided_at IS NULL) = (void_reason IS NULL));

-- A number counts once per provider while it is not voided; then it may be entered again.
CREATE UNIQUE INDEX invoice_number_once ON invoice (organization_id, service_provider_id, lower(number)) WHERE voided_at IS NULL;

ALTER TABLE charge
  ADD CONSTRAINT charge_amount CHECK (billed_cost_minor BETWEEN -1000000000000 AND 1000000000000),
  ADD CONSTRAINT charge_period CHECK ((charge_period_start IS NULL) = (charge_period_end IS NULL) AND (charge_period_end IS NULL OR charge_period_end > charge_period_start)),
  ADD CONSTRAINT charge_recoverable CHECK (recoverable_basis_points BETWEEN 0 AND 10000 AND (charge_category = 'tax' OR recoverable_basis_points = 0)),
  ADD CONSTRAINT charge_self_assessed CHECK (NOT self_assessed OR charge_category = 'tax'),
  ADD CONSTRAINT charge_one_link CHECK (num_nonnulls(subscription_id, api_account_id) + out_of_scope::int <= 1),
  ADD CONSTRAINT charge_plan CHECK (plan_id IS NULL OR subscription_id IS NOT NULL);

ALTER TABLE exchange_rate
  ADD CONSTRAINT exchange_rate_above_zero CHECK (rate > 0 AND rate <> 'NaN'),
  ADD CONSTRAINT exchange_rate_pair CHECK (from_currency ~ '^[A-Z]{3}$' AND to_currency ~ '^[A-Z]{3}$' AND from_currency <> to_currency);

ALTER TABLE attachment ADD CONSTRAINT attachment_size CHECK (size_bytes BETWEEN 0 AND 10485760 AND length(content) = size_bytes);

ALTER TABLE ledger_entry
  ADD CONSTRAINT ledger_entry_month CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$' AND billing_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  ADD CONSTRAINT ledger_entry_seat_days CHECK (seat_days IS NULL OR seat_days >= 0),
  ADD CONSTRAINT ledger_entry_billed_has_charge CHECK ((state = 'billed') = (charge_id IS NOT NULL) AND (charge_id IS NULL) = (invoice_id IS NULL));

-- The application role: it may log in where an operator gives it a password, owns nothing and cannot bypass row-level security.
-- Roles belong to the whole server, so another database of the server may have made it already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'twoline_app') THEN
    CREATE ROLE twoline_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END
$$;

DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'twoline_app', 'MEMBER') THEN
    EXECUTE format('GRANT twoline_app TO %I', current_user);
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO twoline_app', current_schema());
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON app_user, session, sign_in_attempt TO twoline_app;
GRANT SELECT, INSERT, UPDATE ON organization TO twoline_app;
GRANT SELECT, INSERT ON audit_event TO twoline_app;

-- Every tenant table: rights, and a policy that sees one organization. No sub-select, so that it can be distributed.
DO $$
DECLARE
  name text;
BEGIN
  FOR name IN
    SELECT c.table_name FROM information_schema.columns c
    WHERE c.table_schema = current_schema() AND c.column_name = 'organization_id' AND c.table_name <> 'session'
  LOOP
    IF name <> 'audit_event' THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO twoline_app', name);
    END IF;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'CREATE POLICY %I ON %I USING (organization_id = nullif(current_setting(''app.organization_id'', true), '''')::uuid)',
      name || '_of_organization', name);
  END LOOP;
END
$$;

ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
CREATE POLICY organization_itself ON organization
  USING (id = nullif(current_setting('app.organization_id', true), '')::uuid);

-- A signed-in user finds the organizations that they belong to before one is chosen.
CREATE POLICY organization_role_of_user ON organization_role FOR SELECT
  USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid);

-- Removes the organization in force with everything in it, if its books are made up. The application role may not
-- delete an organization or its audit trail by itself.
CREATE FUNCTION remove_demo_organization() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  DELETE FROM organization
  WHERE id = nullif(current_setting('app.organization_id', true), '')::uuid AND demo;
  RETURN FOUND;
END
$$;
REVOKE ALL ON FUNCTION remove_demo_organization() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_demo_organization() TO twoline_app;
