-- How a line is taxed, and how a provider's invoices usually are.

CREATE TYPE "tax_treatment" AS ENUM ('standard', 'reverse_charge', 'exempt', 'outside_scope');

ALTER TABLE "service_provider"
  ADD COLUMN "tax_treatment" "tax_treatment",
  ADD COLUMN "tax_rate_basis_points" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "tax_recoverable_basis_points" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "tax_code" VARCHAR(20);

ALTER TABLE "charge"
  ADD COLUMN "tax_treatment" "tax_treatment",
  ADD COLUMN "tax_rate_basis_points" INTEGER,
  ADD COLUMN "tax_code" VARCHAR(20);

ALTER TABLE service_provider
  ADD CONSTRAINT service_provider_tax CHECK (tax_rate_basis_points BETWEEN 0 AND 10000 AND tax_recoverable_basis_points BETWEEN 0 AND 10000);

-- A tax is asked for or self-assessed, and only a tax has a rate.
ALTER TABLE charge
  ADD CONSTRAINT charge_tax_rate CHECK (tax_rate_basis_points IS NULL OR (charge_category = 'tax' AND tax_rate_basis_points BETWEEN 0 AND 10000)),
  ADD CONSTRAINT charge_tax_treatment CHECK (charge_category <> 'tax' OR tax_treatment IS NULL
    OR (tax_treatment IN ('standard', 'reverse_charge') AND self_assessed = (tax_treatment = 'reverse_charge')));
