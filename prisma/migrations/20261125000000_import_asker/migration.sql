-- Answering, committing and undoing may each be asked for by somebody else; the work is done in that person's name.
ALTER TABLE "import" RENAME COLUMN "committed_by_id" TO "asked_by_id";
