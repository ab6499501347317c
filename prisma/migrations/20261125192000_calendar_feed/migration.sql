-- A secret address at which a user's calendar program reads what renews.

CREATE TABLE "calendar_feed" (
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("organization_id","user_id")
);

CREATE UNIQUE INDEX "calendar_feed_organization_id_token_hash_key" ON "calendar_feed"("organization_id", "token_hash");

ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE calendar_feed ADD CONSTRAINT calendar_feed_token_hash CHECK (token_hash ~ '^[0-9a-f]{64}$');

GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_feed TO twoline_app;
ALTER TABLE calendar_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE calendar_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY calendar_feed_of_organization ON calendar_feed
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
