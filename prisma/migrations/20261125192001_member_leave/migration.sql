-- When somebody is away for long, so that nobody asks about their seats.

CREATE TABLE "member_leave" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_leave_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "member_leave_organization_id_member_id_idx" ON "member_leave"("organization_id", "member_id");

ALTER TABLE "member_leave" ADD CONSTRAINT "member_leave_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "member_leave" ADD CONSTRAINT "member_leave_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE member_leave
  ADD CONSTRAINT member_leave_days CHECK (ends_on IS NULL OR ends_on > starts_on),
  ADD CONSTRAINT member_leave_range CHECK (starts_on BETWEEN '2000-01-01' AND '2100-12-31' AND (ends_on IS NULL OR ends_on <= '2100-12-31'));

GRANT SELECT, INSERT, UPDATE, DELETE ON member_leave TO twoline_app;
ALTER TABLE member_leave ENABLE ROW LEVEL SECURITY;
ALTER TABLE member_leave FORCE ROW LEVEL SECURITY;
CREATE POLICY member_leave_of_organization ON member_leave
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
