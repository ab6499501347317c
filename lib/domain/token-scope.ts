import type { Permission } from "./permission";

/** What an API token is for. Each lets it read; what else, only the scope that is named. */
export const TOKEN_SCOPES = ["read", "write_facts", "close", "admin"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** The scope that a permission takes of a token; `null`: no token has it, only somebody who is signed in. */
const SCOPE_OF: Record<Permission, TokenScope | null> = {
  "catalogue:read": "read",
  "catalogue:write": "write_facts",
  "books:read": "read",
  "books:read_all": "read",
  "books:write_all": "write_facts",
  "team:read_led": "read",
  "team:write": "write_facts",
  "member:read": "read",
  "member:write": "write_facts",
  "seat:read": "read",
  "seat:write": "write_facts",
  "account:read": "read",
  "account:write": "write_facts",
  "invoice:read": "read",
  "invoice:enter": "write_facts",
  "invoice:change": "write_facts",
  "draft:use": "write_facts",
  "import:use": "write_facts",
  "usage:read": "read",
  "identity:match": "write_facts",
  "rate:write": "write_facts",
  "budget:read": "read",
  "budget:write": "write_facts",
  "workload:write": "write_facts",
  "finding:write": "write_facts",
  "scenario:read": "read",
  "scenario:write": "write_facts",
  "budget:approve": "write_facts",
  "closing:read": "read",
  "closing:write": "close",
  "report:export": "read",
  "reconciliation:read": "read",
  "reconciliation:accept": "close",
  "settlement:write": "write_facts",
  "audit:read": "read",
  "history:read": "read",
  "advice:read": "read",
  "renewal:read": "read",
  "idle-seat:read": "read",
  "organization:write": "admin",
  "organization:export": "admin",
  "webhook:use": "admin",
  "message:read": "admin",
  "user:read": "read",
  "user:write": "admin",
  "person:erase": "admin",
  "person:export": "admin",
  "organization:remove": null,
  "sign_in:write": null,
  "session:own": null,
  "calendar:own": null,
  "token:own": null,
  "token:manage": null,
  "demo:use": null,
};

/** Whether a token with these scopes has the permission, as far as its maker's role does. */
export function scopesAllow(scopes: readonly TokenScope[], permission: Permission): boolean {
  const scope = SCOPE_OF[permission];
  return scope === "read" ? scopes.length > 0 : scope !== null && scopes.includes(scope);
}

/** The scope that a permission asks for, for the words of a refusal. */
export const scopeOf = (permission: Permission): TokenScope | null => SCOPE_OF[permission];

/** Whether they let a token do what a person proves for that it is them: it is made to do that unattended. */
export const scopesAreFresh = (scopes: readonly TokenScope[]): boolean =>
  scopes.includes("close") || scopes.includes("admin");
