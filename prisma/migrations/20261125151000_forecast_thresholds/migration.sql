-- A share of a budget may be watched by what the running month is forecast to cost, and not only by what it has cost.

CREATE TYPE "threshold_basis" AS ENUM ('actual', 'forecast');

ALTER TABLE "threshold" ADD COLUMN "basis" "threshold_basis" NOT NULL DEFAULT 'actual';
ALTER TABLE "alert" ADD COLUMN "expected_minor" BIGINT;

-- The same share of the same budget once by each, while it is watched.
DROP INDEX threshold_once;
CREATE UNIQUE INDEX threshold_once ON threshold (organization_id, percent, basis, coalesce(purpose, 'unclassified'), coalesce(team_id, organization_id)) WHERE ended_at IS NULL;
