import type { TokenScope } from "@/lib/domain/token-scope";

export const SCOPE_NAMES = {
  read: "Read",
  write_facts: "Write facts",
  close: "Close months",
  admin: "Administer",
} as const satisfies Record<TokenScope, string>;

export const SCOPE_HINTS = {
  read: "What its maker sees. Every token may.",
  write_facts: "Enter and change invoices, seats, people, budgets, and import files.",
  close: "Close and reopen months, and accept what stands in the way.",
  admin: "Change the organization and who has access to it.",
} as const satisfies Record<TokenScope, string>;

/** "Read, Write facts": every token reads. */
export function scopesText(scopes: readonly TokenScope[]): string {
  const others = scopes.filter((scope) => scope !== "read");
  return ["read" as const, ...others].map((scope) => SCOPE_NAMES[scope]).join(", ");
}
