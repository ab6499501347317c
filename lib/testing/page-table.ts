import { can, type Permission } from "@/lib/domain/permission";
import type { Principal } from "@/lib/testing/world";

/** Who sees a page. */
export type PageRow = {
  /** Its folder below app: "(books)/budget/". */
  readonly page: string;
  /** What somebody gets: "shown", "not found", or the address that they are sent to. */
  readonly outcome: (who: Principal) => string;
  readonly params?: Readonly<Record<string, string>>;
  /** The words of its address that take an id. */
  readonly asks?: readonly string[];
};

const ROLE = {
  owner: "owner",
  finance: "finance",
  lead: "lead",
  otherLead: "lead",
  member: "member",
  auditor: "auditor",
} as const;

const STRANGER = "/sign-in";
const everybody = (who: Principal) => (who === "nobody" ? STRANGER : "shown");
/** Whoever may not read what it is about does not learn that it is there. */
const whoMay = (permission: Permission) => (who: Principal) => {
  if (who === "nobody") return STRANGER;
  return can([ROLE[who]], permission) ? "shown" : "not found";
};
const leadsTo = (address: string) => () => address;

/** Every page and who may see it. A page that is missing here fails the build. */
export const PAGE_TABLE: readonly PageRow[] = [
  { page: "", outcome: leadsTo("/budget") },
  { page: "api/docs/", outcome: () => "shown" },
  { page: "(entry)/sign-in/", outcome: (who) => (who === "nobody" ? "shown" : "/budget") },
  { page: "(entry)/second-factor/", outcome: (who) => (who === "nobody" ? STRANGER : "/budget") },
  { page: "(entry)/setup/", outcome: leadsTo(STRANGER) },
  { page: "(entry)/forgot-password/", outcome: () => "shown" },
  { page: "(entry)/new-password/[token]/", outcome: () => "shown", params: { token: "not-a-token" } },
  { page: "(entry)/join/[token]/", outcome: () => "shown", params: { token: "not-a-token" } },

  { page: "(books)/budget/", outcome: everybody, asks: ["entries"] },
  { page: "(books)/budget/forecast/", outcome: whoMay("account:read") },
  { page: "(books)/budget/plan/", outcome: whoMay("budget:read"), asks: ["version"] },
  { page: "(books)/seats/", outcome: everybody, asks: ["subscription"] },
  { page: "(books)/invoices/", outcome: everybody, asks: ["invoice"] },
  { page: "(books)/reconciliation/", outcome: whoMay("reconciliation:read"), asks: ["contract"] },
  { page: "(books)/usage/", outcome: everybody },
  { page: "(books)/advice/", outcome: leadsTo("/advice/break-even") },
  { page: "(books)/advice/break-even/", outcome: everybody, asks: ["by"] },
  { page: "(books)/advice/findings/", outcome: everybody },
  { page: "(books)/advice/idle-seats/", outcome: whoMay("idle-seat:read") },
  { page: "(books)/advice/renewals/", outcome: whoMay("renewal:read") },
  { page: "(books)/advice/scenarios/", outcome: whoMay("scenario:read"), asks: ["scenario", "with"] },
  { page: "(books)/advice/workloads/", outcome: everybody },
  { page: "(books)/people/", outcome: everybody },
  { page: "(books)/api-accounts/", outcome: whoMay("account:read") },
  { page: "(books)/closing/", outcome: whoMay("closing:read") },
  { page: "(books)/credits/", outcome: whoMay("books:read_all") },

  { page: "(books)/settings/", outcome: leadsTo("/settings/organization") },
  { page: "(books)/settings/organization/", outcome: everybody },
  { page: "(books)/settings/catalogue/", outcome: everybody },
  { page: "(books)/settings/products/", outcome: everybody },
  { page: "(books)/settings/model-prices/", outcome: everybody },
  { page: "(books)/settings/exchange-rates/", outcome: everybody },
  { page: "(books)/settings/audit/", outcome: whoMay("audit:read"), asks: ["record", "who"] },
  { page: "(books)/settings/messages/", outcome: whoMay("message:read") },
  { page: "(books)/settings/webhooks/", outcome: whoMay("webhook:use") },
  { page: "(books)/settings/sign-in/", outcome: whoMay("sign_in:write") },
  { page: "(books)/settings/access/", outcome: whoMay("user:read") },
  { page: "(books)/settings/account/", outcome: everybody },
  { page: "(books)/settings/sessions/", outcome: everybody },
  { page: "(books)/settings/tokens/", outcome: everybody },
  { page: "(books)/settings/demo-data/", outcome: whoMay("demo:use") },
  { page: "(books)/settings/appearance/", outcome: everybody },
];
