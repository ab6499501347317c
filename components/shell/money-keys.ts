/** What may read differently after seats, invoices, accounts or rates changed. */
export const MONEY_KEYS = [
  ["budget"],
  ["forecast"],
  ["changes"],
  ["ledger"],
  ["bridge"],
  ["coverage"],
  ["expected-invoices"],
  ["invoices"],
  ["invoice-drafts"],
  ["subscriptions"],
  ["accounts"],
  ["credit-grants"],
  ["reconciliation"],
  ["break-even"],
  ["idle-seats"],
  ["renewals"],
] as const;
