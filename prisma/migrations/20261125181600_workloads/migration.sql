-- Workloads as people described them: the advice on each is made anew whenever it is read, at the prices of that day.

CREATE TABLE "workload" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "product_id" UUID,
    "plan_id" UUID,
    "note" VARCHAR(1000) NOT NULL DEFAULT '',
    "answers" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "workload_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "workload_organization_id_name_key" ON "workload"("organization_id", "name");
CREATE INDEX "workload_organization_id_product_id_idx" ON "workload"("organization_id", "product_id");

ALTER TABLE "workload" ADD CONSTRAINT "workload_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "workload" ADD CONSTRAINT "workload_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
ALTER TABLE "workload" ADD CONSTRAINT "workload_organization_id_plan_id_fkey" FOREIGN KEY ("organization_id", "plan_id") REFERENCES "plan"("organization_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

ALTER TABLE workload
  ADD CONSTRAINT workload_name CHECK (name = btrim(name) AND name <> ''),
  ADD CONSTRAINT workload_answers CHECK (jsonb_typeof(answers) = 'object');

GRANT SELECT, INSERT, UPDATE, DELETE ON workload TO twoline_app;
ALTER TABLE workload ENABLE ROW LEVEL SECURITY;
ALTER TABLE workload FORCE ROW LEVEL SECURITY;
CREATE POLICY workload_of_organization ON workload
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
