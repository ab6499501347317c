-- A person may ask to be forgotten: what names them goes, and the books stay.

ALTER TABLE "member" ADD COLUMN "erased_at" TIMESTAMPTZ(3), ADD COLUMN "erased_user_id" UUID;
ALTER TABLE member
  ADD CONSTRAINT member_erased CHECK (
    erased_at IS NULL OR (email IS NULL AND cardinality(aliases) = 0 AND user_id IS NULL AND archived_at IS NOT NULL)
  ),
  ADD CONSTRAINT member_erased_user CHECK (erased_user_id IS NULL OR erased_at IS NOT NULL);

-- What was decided stays as it is; that somebody's name stands in why does not.
GRANT UPDATE (reason) ON reopening TO twoline_app;
GRANT UPDATE (note) ON closing_acceptance TO twoline_app;
