-- What is to be told to somebody outside the pages: written with what it tells of, sent by the worker afterwards.

CREATE TABLE "message" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" VARCHAR(20) NOT NULL,
    "alert_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "subject" VARCHAR(300) NOT NULL,
    "text" VARCHAR(2000) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" VARCHAR(300),

    CONSTRAINT "message_pkey" PRIMARY KEY ("organization_id","id")
);

-- Nobody is told of the same alert twice.
CREATE UNIQUE INDEX "message_organization_id_alert_id_user_id_key" ON "message"("organization_id", "alert_id", "user_id");
CREATE INDEX "message_due_at_idx" ON "message"("due_at");

ALTER TABLE "message" ADD CONSTRAINT "message_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "message" ADD CONSTRAINT "message_organization_id_alert_id_fkey" FOREIGN KEY ("organization_id", "alert_id") REFERENCES "alert"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "message" ADD CONSTRAINT "message_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE message
  ADD CONSTRAINT message_kind CHECK (kind IN ('alert')),
  ADD CONSTRAINT message_attempts CHECK (attempts >= 0),
  -- What was sent is never due again.
  ADD CONSTRAINT message_sent_once CHECK (sent_at IS NULL OR due_at IS NULL);

GRANT SELECT, INSERT, UPDATE, DELETE ON message TO twoline_app;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY message_of_organization ON message
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);

-- A worker sees which messages wait, whosever they are; it reads and changes them as their organization.
CREATE POLICY message_of_worker ON message FOR SELECT
  USING (current_setting('app.worker', true) = 'on' AND due_at IS NOT NULL);
