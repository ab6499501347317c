-- When the person of a session last proved who they are: what must not be left to an unlocked laptop asks for it.

ALTER TABLE "session" ADD COLUMN "proven_at" TIMESTAMPTZ(3);
UPDATE "session" SET "proven_at" = "created_at";
ALTER TABLE "session" ALTER COLUMN "proven_at" SET NOT NULL;
ALTER TABLE "session" ADD CONSTRAINT session_proven_in_its_life CHECK ("proven_at" >= "created_at");
