-- Who is kept out, invitations that go out by mail, and forgotten passwords.

CREATE TABLE "suspension" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by_id" UUID NOT NULL,

    CONSTRAINT "suspension_pkey" PRIMARY KEY ("organization_id","user_id")
);

CREATE INDEX "suspension_user_id_idx" ON "suspension"("user_id");

ALTER TABLE "suspension" ADD CONSTRAINT "suspension_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "suspension" ADD CONSTRAINT "suspension_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

GRANT SELECT, INSERT, UPDATE, DELETE ON suspension TO twoline_app;
ALTER TABLE suspension ENABLE ROW LEVEL SECURITY;
ALTER TABLE suspension FORCE ROW LEVEL SECURITY;
CREATE POLICY suspension_of_organization ON suspension
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);

ALTER TABLE "invitation"
  ADD COLUMN "mail_due_at" TIMESTAMPTZ(3),
  ADD COLUMN "mailed_at" TIMESTAMPTZ(3),
  ADD COLUMN "mail_attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "mail_error" VARCHAR(300);

ALTER TABLE invitation
  ADD CONSTRAINT invitation_mail_attempts CHECK (mail_attempts >= 0),
  -- What is used or taken back is not mailed any more.
  ADD CONSTRAINT invitation_mail_due CHECK (mail_due_at IS NULL OR (accepted_at IS NULL AND revoked_at IS NULL));

-- A worker sees which invitations wait for their mail, whosever they are; it changes them as their organization.
CREATE POLICY invitation_of_worker ON invitation FOR SELECT
  USING (current_setting('app.worker', true) = 'on' AND mail_due_at IS NOT NULL);

CREATE TABLE "password_reset" (
    "id" UUID NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "mail_due_at" TIMESTAMPTZ(3),
    "mail_attempts" INTEGER NOT NULL DEFAULT 0,
    "user_id" UUID,
    "token_hash" CHAR(64),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_reset_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "password_reset_token_hash_key" ON "password_reset"("token_hash");
CREATE INDEX "password_reset_email_requested_at_idx" ON "password_reset"("email", "requested_at");
CREATE INDEX "password_reset_mail_due_at_idx" ON "password_reset"("mail_due_at");

ALTER TABLE "password_reset" ADD CONSTRAINT "password_reset_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE password_reset
  ADD CONSTRAINT password_reset_mail_attempts CHECK (mail_attempts >= 0),
  -- A link is somebody's, and ends.
  ADD CONSTRAINT password_reset_link CHECK ((token_hash IS NULL) = (expires_at IS NULL) AND (token_hash IS NULL) = (user_id IS NULL));

GRANT SELECT, INSERT, UPDATE, DELETE ON password_reset TO twoline_app;
