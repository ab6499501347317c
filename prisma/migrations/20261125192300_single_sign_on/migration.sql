-- Providers through which an organization's people sign in, the e-mail domains that each serves, and who came through it.

CREATE TABLE "sign_in_connection" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" VARCHAR(10) NOT NULL,
    "name" VARCHAR(60) NOT NULL,
    "issuer" VARCHAR(300) NOT NULL,
    "client_id" VARCHAR(300) NOT NULL,
    "client_secret_sealed" VARCHAR(2000) NOT NULL,
    "admits_newcomers" BOOLEAN NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "sign_in_connection_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE TABLE "sign_in_domain" (
    "organization_id" UUID NOT NULL,
    "domain" VARCHAR(253) NOT NULL,
    "connection_id" UUID NOT NULL,
    "enforced" BOOLEAN NOT NULL,

    CONSTRAINT "sign_in_domain_pkey" PRIMARY KEY ("organization_id","domain")
);

CREATE TABLE "sign_in_identity" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "issuer" VARCHAR(300) NOT NULL,
    "subject" VARCHAR(255) NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_identity_pkey" PRIMARY KEY ("organization_id","id")
);

CREATE INDEX "sign_in_domain_domain_idx" ON "sign_in_domain"("domain");
CREATE INDEX "sign_in_domain_organization_id_connection_id_idx" ON "sign_in_domain"("organization_id", "connection_id");
-- Who somebody is, is what their provider calls them, and never their address.
CREATE UNIQUE INDEX "sign_in_identity_organization_id_connection_id_issuer_subje_key" ON "sign_in_identity"("organization_id", "connection_id", "issuer", "subject");
CREATE INDEX "sign_in_identity_user_id_idx" ON "sign_in_identity"("user_id");

ALTER TABLE "sign_in_connection" ADD CONSTRAINT "sign_in_connection_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_in_domain" ADD CONSTRAINT "sign_in_domain_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_in_domain" ADD CONSTRAINT "sign_in_domain_organization_id_connection_id_fkey" FOREIGN KEY ("organization_id", "connection_id") REFERENCES "sign_in_connection"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "sign_in_identity" ADD CONSTRAINT "sign_in_identity_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "sign_in_identity" ADD CONSTRAINT "sign_in_identity_organization_id_connection_id_fkey" FOREIGN KEY ("organization_id", "connection_id") REFERENCES "sign_in_connection"("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "sign_in_identity" ADD CONSTRAINT "sign_in_identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Set on a session that a provider vouched for. It reaches no other books than those that trust the provider.
ALTER TABLE "session" ADD COLUMN "connection_id" UUID;

ALTER TABLE sign_in_connection
  ADD CONSTRAINT sign_in_connection_kind CHECK (kind IN ('oidc', 'google', 'microsoft', 'github')),
  ADD CONSTRAINT sign_in_connection_sealed CHECK (client_secret_sealed LIKE 's1.%');
ALTER TABLE sign_in_domain
  ADD CONSTRAINT sign_in_domain_lower CHECK (domain = lower(domain) AND domain LIKE '_%._%');

GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_connection, sign_in_domain, sign_in_identity TO twoline_app;
ALTER TABLE sign_in_connection ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_connection FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_connection_of_organization ON sign_in_connection
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
ALTER TABLE sign_in_domain ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_domain FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_domain_of_organization ON sign_in_domain
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);
ALTER TABLE sign_in_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_identity FORCE ROW LEVEL SECURITY;
CREATE POLICY sign_in_identity_of_organization ON sign_in_identity
  USING (organization_id = nullif(current_setting('app.organization_id', true), '')::uuid);

-- Somebody who signs in belongs to nowhere yet: what is asked for by name is seen, one domain or connection at a time.
CREATE POLICY sign_in_connection_by_id ON sign_in_connection FOR SELECT
  USING (id = nullif(current_setting('app.sign_in_connection', true), '')::uuid);
CREATE POLICY sign_in_domain_by_name ON sign_in_domain FOR SELECT
  USING (domain = nullif(current_setting('app.sign_in_domain', true), ''));
