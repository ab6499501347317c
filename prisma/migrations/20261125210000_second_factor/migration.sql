-- What somebody proves besides their password: the codes of their phone, or one of the recovery codes on their paper.

CREATE TABLE "second_factor" (
    "id" UUID NOT NULL,
    "secret_sealed" VARCHAR(500) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "second_factor_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "recovery_code" (
    "user_id" UUID NOT NULL,
    "hash" CHAR(64) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("user_id","hash")
);

ALTER TABLE "second_factor" ADD CONSTRAINT "second_factor_id_fkey" FOREIGN KEY ("id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "second_factor"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

ALTER TABLE second_factor
  ADD CONSTRAINT second_factor_sealed CHECK (secret_sealed LIKE 's1.%'),
  ADD CONSTRAINT second_factor_last_step CHECK (last_step >= 0);
ALTER TABLE recovery_code ADD CONSTRAINT recovery_code_hash CHECK (hash ~ '^[0-9a-f]{64}$');

-- Whose roles ask for one, and which sessions have proved it.
ALTER TABLE "organization" ADD COLUMN "second_factor_roles" "role"[] DEFAULT ARRAY[]::"role"[];
ALTER TABLE "session" ADD COLUMN "second_factor_at" TIMESTAMPTZ(3);

GRANT SELECT, INSERT, UPDATE, DELETE ON second_factor, recovery_code TO twoline_app;
