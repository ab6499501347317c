/** Roles add up: somebody may hold several, and may do what any of them allows. */
export const ROLES = ["owner", "finance", "lead", "member", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may do what, as data. A lead's rights marked "led" reach only the teams that they lead, which the service
 * narrows by `authorizeTeam` and `visibility`.
 */
const ALLOWED = {
  /** Sign-in alone: names of teams, plans, products to choose from. */
  "catalogue:read": ["owner", "finance", "lead", "member", "auditor"],
  "catalogue:write": ["owner", "finance"],
  "books:read": ["owner", "finance", "lead", "member", "auditor"],
  "books:read_all": ["owner", "finance", "auditor"],
  "books:write_all": ["owner", "finance"],
  "team:read_led": ["lead"],
  "team:write": ["owner", "finance"],
  "member:read": ["owner", "finance", "lead", "member", "auditor"],
  "member:write": ["owner", "finance", "lead"],
  "seat:read": ["owner", "finance", "lead", "member", "auditor"],
  "seat:write": ["owner", "finance", "lead"],
  "account:read": ["owner", "finance", "lead", "auditor"],
  "account:write": ["owner", "finance"],
  "invoice:read": ["owner", "finance", "lead", "member", "auditor"],
  "invoice:enter": ["owner", "finance", "lead"],
  "invoice:change": ["owner", "finance"],
  "draft:use": ["owner", "finance", "lead"],
  "import:use": ["owner", "finance", "lead"],
  "usage:read": ["owner", "finance", "lead", "member", "auditor"],
  "advice:read": ["owner", "finance", "lead", "member", "auditor"],
  "workload:write": ["owner", "finance", "lead"],
  "finding:write": ["owner", "finance", "lead"],
  "renewal:read": ["owner", "finance", "lead", "auditor"],
  "calendar:own": ["owner", "finance", "lead", "auditor"],
  "idle-seat:read": ["owner", "finance", "lead", "auditor"],
  "scenario:read": ["owner", "finance", "lead", "auditor"],
  "scenario:write": ["owner", "finance"],
  "identity:match": ["owner", "finance", "lead"],
  "rate:write": ["owner", "finance"],
  "budget:read": ["owner", "finance", "lead", "auditor"],
  "budget:write": ["owner", "finance", "lead"],
  "budget:approve": ["owner", "finance"],
  "closing:read": ["owner", "finance", "auditor"],
  "closing:write": ["owner", "finance"],
  "report:export": ["owner", "finance", "lead", "auditor"],
  "reconciliation:read": ["owner", "finance", "auditor"],
  "reconciliation:accept": ["owner", "finance"],
  "settlement:write": ["owner", "finance"],
  "audit:read": ["owner", "finance", "auditor"],
  /** Who changed a record that one sees; the service narrows it to what a lead sees of it. */
  "history:read": ["owner", "finance", "lead", "auditor"],
  "organization:write": ["owner"],
  /** Everything at once. */
  "organization:export": ["owner"],
  "organization:remove": ["owner"],
  "message:read": ["owner"],
  "webhook:use": ["owner"],
  "user:read": ["owner", "finance", "auditor"],
  "user:write": ["owner"],
  "sign_in:write": ["owner"],
  "session:own": ["owner", "finance", "lead", "member", "auditor"],
  /** What the law gives people of whom something is kept. */
  "person:erase": ["owner"],
  "person:export": ["owner"],
  "token:own": ["owner", "finance", "lead", "member", "auditor"],
  /** Everybody's tokens, and such that stay when their maker goes. */
  "token:manage": ["owner"],
  "demo:use": ["owner"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof ALLOWED;

/** Whether any of the roles allows it. */
export function can(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = ALLOWED[permission];
  return roles.some((role) => allowed.includes(role));
}
