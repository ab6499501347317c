-- A person who was entered twice: one member goes into the other, and says where it went.

ALTER TABLE "member" ADD COLUMN "merged_into_id" UUID;

ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_merged_into_id_fkey" FOREIGN KEY ("organization_id", "merged_into_id") REFERENCES "member"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- What is known of it went along: it is archived, nobody signs in as it, and its address is free.
ALTER TABLE member
  ADD CONSTRAINT member_merged_into_another CHECK (merged_into_id IS DISTINCT FROM id),
  ADD CONSTRAINT member_merged_is_empty CHECK (merged_into_id IS NULL OR (archived_at IS NOT NULL AND user_id IS NULL AND email IS NULL));
