-- What-if scenarios as people named them: changes of contracts and of use, of which nothing real follows. What one comes
-- to is made anew whenever it is read, from the facts and the forecast of that day.

CREATE TABLE "scenario" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "note" VARCHAR(1000) NOT NULL DEFAULT '',
    "changes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "scenario_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "scenario_organization_id_name_key" ON "scenario"("organization_id", "name");

ALTER TABLE "scenario" ADD CONSTRAINT "scenario_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE scenario
  ADD CONSTRAINT scenario_name CHECK (name = btrim(name) AND name <> ''),
  ADD CONSTRAINT scenario_changes CHECK (jsonb_typeof(changes) = 'array' AND jsonb_array_length(changes) <= 30);

GRANT SELECT, INSERT, UPDATE, DELETE ON scenario TO twoline_app;
ALTER TABLE scenario ENABLE ROW LEVEL SECURITY;
ALTER TABLE scenario FORCE ROW LEVEL SECURITY;
CREATE POLICY scenario_of_organization ON scenario
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
