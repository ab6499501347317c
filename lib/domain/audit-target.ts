/** The kinds of records that the audit trail tells of. */
export const AUDIT_TARGETS = [
  "api_account",
  "assignment",
  "budget_owner",
  "budget_version",
  "credit_grant",
  "exchange_rate",
  "identity",
  "import",
  "invitation",
  "invoice",
  "member",
  "model_price",
  "organization",
  "plan",
  "product",
  "service_provider",
  "subscription",
  "team",
  "user",
] as const;
export type AuditTarget = (typeof AUDIT_TARGETS)[number];
