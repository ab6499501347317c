-- What other programs ask the interface with: shown once, kept as a hash, acting within the rights of who made it.

CREATE TYPE "token_scope" AS ENUM ('read', 'write_facts', 'close', 'admin');

CREATE TABLE "api_token" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "scopes" "token_scope"[],
    "token_hash" CHAR(64) NOT NULL,
    "ending" CHAR(4) NOT NULL,
    "made_by_id" UUID NOT NULL,
    "survives" BOOLEAN NOT NULL,
    "kept_roles" "role"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE UNIQUE INDEX "api_token_organization_id_token_hash_key" ON "api_token"("organization_id", "token_hash");

ALTER TABLE "api_token" ADD CONSTRAINT "api_token_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE api_token
  ADD CONSTRAINT api_token_scopes CHECK (cardinality(scopes) BETWEEN 1 AND 4 AND array_position(scopes, NULL) IS NULL),
  ADD CONSTRAINT api_token_days CHECK (expires_at > created_at),
  -- A token that ends with who made it takes no rights of theirs along.
  ADD CONSTRAINT api_token_kept_roles CHECK (survives OR cardinality(kept_roles) = 0);

GRANT SELECT, INSERT, UPDATE, DELETE ON api_token TO twoline_app;
ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY api_token_of_organization ON api_token
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
