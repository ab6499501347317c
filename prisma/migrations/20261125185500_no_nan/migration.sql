-- PostgreSQL holds NaN to be larger than any number, so no comparison keeps it out.
ALTER TABLE charge
  ADD CONSTRAINT charge_quantity_is_a_number CHECK (quantity <> 'NaN'),
  ADD CONSTRAINT charge_unit_price_is_a_number CHECK (unit_price <> 'NaN');

ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_rate_is_a_number CHECK (rate <> 'NaN');
