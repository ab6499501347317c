-- An organization may go with everything in it. That takes two steps: it is asked for, from when on nobody and nothing gets
-- in; and its rows go, table by table, which may take minutes and can be taken up again by whoever finds it unfinished.

CREATE TABLE "organization_removal" (
    "organization_id" UUID NOT NULL,
    "user_ids" UUID[],
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "organization_removal_pkey" PRIMARY KEY ("organization_id")
);

ALTER TABLE "organization_removal" ADD CONSTRAINT "organization_removal_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The application role may see that it was asked, and ask by the function alone.
GRANT SELECT ON organization_removal TO twoline_app;
ALTER TABLE organization_removal ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization_removal FORCE ROW LEVEL SECURITY;
CREATE POLICY organization_removal_of_organization ON organization_removal
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
CREATE POLICY organization_removal_of_worker ON organization_removal FOR SELECT
  USING (current_setting('app.worker', true) = 'on');

DROP FUNCTION remove_demo_organization();

-- The one door. It takes the organization in force and its name, so that no mistaken context opens it, and shuts everybody
-- out at once. Whoever holds the application role could empty most tables anyway; what they cannot, here either, is to
-- leave the books and take the audit trail away: all goes, or nothing.
CREATE FUNCTION ask_organization_removal(confirmed_name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  org uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
BEGIN
  PERFORM FROM organization WHERE id = org AND name = confirmed_name FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO organization_removal
    SELECT org, ARRAY(
      SELECT user_id FROM organization_role WHERE organization_id = org
      UNION SELECT user_id FROM suspension WHERE organization_id = org
      UNION SELECT user_id FROM session WHERE organization_id = org
      UNION SELECT user_id FROM member WHERE organization_id = org AND user_id IS NOT NULL
      UNION SELECT user_id FROM sign_in_identity WHERE organization_id = org
      UNION SELECT made_by_id FROM api_token WHERE organization_id = org
    ), now()
    ON CONFLICT DO NOTHING;
  DELETE FROM session WHERE organization_id = org;
  DELETE FROM organization_role WHERE organization_id = org;
  DELETE FROM api_token WHERE organization_id = org;
  DELETE FROM calendar_feed WHERE organization_id = org;
  DELETE FROM invitation WHERE organization_id = org;
  DELETE FROM sign_in_identity WHERE organization_id = org;
  DELETE FROM sign_in_domain WHERE organization_id = org;
  DELETE FROM sign_in_connection WHERE organization_id = org;
  DELETE FROM webhook_delivery WHERE organization_id = org;
  DELETE FROM message WHERE organization_id = org;
  DELETE FROM webhook WHERE organization_id = org;
  DELETE FROM invoice_duty WHERE organization_id = org;
  RETURN true;
END
$$;

-- One table's rows of the organization in force, once its removal was asked for. The trail stays to the end, so that
-- nobody finds it cut meanwhile.
CREATE FUNCTION remove_organization_rows(table_name text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  org uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
  removed bigint;
BEGIN
  PERFORM FROM organization WHERE id = org AND EXISTS (SELECT FROM organization_removal WHERE organization_id = org) FOR UPDATE;
  IF NOT FOUND OR table_name IN ('audit_event', 'organization_removal') THEN
    RAISE insufficient_privilege USING MESSAGE = 'these rows are not to be removed';
  END IF;
  EXECUTE format('DELETE FROM %I WHERE organization_id = $1', table_name) USING org;
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END
$$;

-- The last step: what is left of it, its audit trail, and itself.
CREATE FUNCTION remove_organization() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  org uuid := nullif(current_setting('app.organization_id', true), '')::uuid;
BEGIN
  DELETE FROM organization WHERE id = org AND EXISTS (SELECT FROM organization_removal WHERE organization_id = org);
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  -- Staged rows refer to nothing.
  DELETE FROM staged_usage WHERE organization_id = org;
  RETURN true;
END
$$;

REVOKE ALL ON FUNCTION ask_organization_removal(text), remove_organization_rows(text), remove_organization() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ask_organization_removal(text), remove_organization_rows(text), remove_organization() TO twoline_app;
