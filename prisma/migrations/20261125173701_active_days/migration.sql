-- On how many days a person used something: a sum that a source gave over several days says nothing of one of them.

ALTER TABLE "usage_day" ADD COLUMN "spread_days" SMALLINT NOT NULL DEFAULT 1;

ALTER TABLE usage_day NO FORCE ROW LEVEL SECURITY;
ALTER TABLE usage NO FORCE ROW LEVEL SECURITY;
UPDATE usage_day d SET spread_days = u.spread_days
FROM (
  SELECT organization_id, identity_id, day, cost_kind, currency, min(spread_days) AS spread_days FROM usage
  GROUP BY 1, 2, 3, 4, 5 HAVING min(spread_days) > 1
) u
WHERE u.organization_id = d.organization_id AND u.identity_id = d.identity_id AND u.day = d.day
  AND u.cost_kind = d.cost_kind AND u.currency = d.currency;
ALTER TABLE usage FORCE ROW LEVEL SECURITY;
ALTER TABLE usage_day FORCE ROW LEVEL SECURITY;
ALTER TABLE usage_day ADD CONSTRAINT usage_day_spread_days CHECK (spread_days >= 1);

-- What one person used is read by itself.
CREATE INDEX "usage_day_organization_id_member_id_day_idx" ON "usage_day"("organization_id", "member_id", "day");
CREATE INDEX "usage_month_organization_id_member_id_month_idx" ON "usage_month"("organization_id", "member_id", "month");
