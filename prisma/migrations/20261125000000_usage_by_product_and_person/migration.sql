-- Sums by day say as much as those by month, so that a classification that changes within a month counts from its day on,
-- and name whose use it was also where it costs nothing.
ALTER TABLE usage_day
  ADD COLUMN uncached_input BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN cache_read BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN cache_write_5m BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN cache_write_1h BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN output BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN unpriced_tokens BIGINT NOT NULL DEFAULT 0;

-- The owner of the tables reads every organization's rows for this once.
ALTER TABLE usage NO FORCE ROW LEVEL SECURITY;
ALTER TABLE usage_day NO FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_match NO FORCE ROW LEVEL SECURITY;

UPDATE usage_day d SET uncached_input = u.uncached_input, cache_read = u.cache_read, cache_write_5m = u.cache_write_5m,
  cache_write_1h = u.cache_write_1h, output = u.output, unpriced_tokens = u.unpriced_tokens
FROM (
  SELECT t.organization_id, t.identity_id, t.day, t.cost_kind, t.currency, sum(t.uncached_input) AS uncached_input,
    sum(t.cache_read) AS cache_read, sum(t.cache_write_5m) AS cache_write_5m, sum(t.cache_write_1h) AS cache_write_1h,
    sum(t.output) AS output,
    coalesce(sum(t.uncached_input + t.cache_read + t.cache_write_5m + t.cache_write_1h + t.output) FILTER (
      WHERE t.cost_nano IS NULL AND (t.source <> 'anthropic_console_tokens' OR NOT EXISTS (
        SELECT FROM usage c WHERE c.organization_id = t.organization_id AND c.identity_id = t.identity_id AND c.day = t.day
          AND c.source = 'anthropic_console_cost'))), 0) AS unpriced_tokens
  FROM usage t
  WHERE t.source <> 'ccusage' OR NOT EXISTS (
    SELECT FROM usage l WHERE l.organization_id = t.organization_id AND l.identity_id = t.identity_id
      AND l.source = 'claude_code_logs' AND date_trunc('month', l.day) = date_trunc('month', t.day))
  GROUP BY 1, 2, 3, 4, 5
) u
WHERE u.organization_id = d.organization_id AND u.identity_id = d.identity_id AND u.day = d.day
  AND u.cost_kind = d.cost_kind AND u.currency = d.currency;

UPDATE usage_day d SET member_id = (
  SELECT m.member_id FROM identity_match m
  WHERE m.organization_id = d.organization_id AND m.identity_id = d.identity_id AND m.starts_on <= d.day
  ORDER BY m.starts_on DESC LIMIT 1)
WHERE d.cost_kind <> 'metered';

ALTER TABLE usage FORCE ROW LEVEL SECURITY;
ALTER TABLE usage_day FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_match FORCE ROW LEVEL SECURITY;

ALTER TABLE usage_day
  DROP COLUMN tokens,
  ALTER COLUMN uncached_input DROP DEFAULT,
  ALTER COLUMN cache_read DROP DEFAULT,
  ALTER COLUMN cache_write_5m DROP DEFAULT,
  ALTER COLUMN cache_write_1h DROP DEFAULT,
  ALTER COLUMN output DROP DEFAULT,
  ALTER COLUMN unpriced_tokens DROP DEFAULT;

-- Without this secret of the organization nobody can tell from an id whose pseudonym it is.
ALTER TABLE organization ADD COLUMN pseudonym_key UUID NOT NULL DEFAULT gen_random_uuid();
