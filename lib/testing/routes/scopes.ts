import type { TokenScope } from "@/lib/domain/token-scope";
import type { RouteName } from "@/lib/testing/ask";

/** What a route takes of a token, beside the rights of who made it: `browser`, that there is none. */
export type Taken = TokenScope | "browser";

/** Where it is not reading for GET and writing facts for everything else. */
const OTHERWISE: { readonly [route in RouteName]?: Taken } = {
  "PUT session": "browser",
  "PUT session/proof": "browser",
  "DELETE session": "browser",
  "GET sessions": "browser",
  "DELETE sessions": "browser",
  "DELETE sessions/[id]": "browser",
  "GET account": "browser",
  "PATCH account": "browser",
  "PUT account/password": "browser",
  "GET tokens": "browser",
  "POST tokens": "browser",
  "DELETE tokens/[id]": "browser",
  "PUT demo-data": "browser",
  "DELETE demo-data": "browser",
  "GET renewals/feed": "browser",
  "PUT renewals/feed": "browser",
  "DELETE renewals/feed": "browser",
  "PATCH organization": "admin",
  "GET sign-in-connections": "browser",
  "POST sign-in-connections": "browser",
  "PATCH sign-in-connections/[id]": "browser",
  "DELETE sign-in-connections/[id]": "browser",
  "PATCH users/[id]": "admin",
  "DELETE users/[id]": "admin",
  "PUT users/[id]/suspension": "admin",
  "DELETE users/[id]/suspension": "admin",
  "DELETE users/[id]/sessions": "admin",
  "GET invitations": "admin",
  "POST invitations": "admin",
  "DELETE invitations/[id]": "admin",
  "PUT invitations/[id]/link": "admin",
  "PUT members/[id]/erasure": "admin",
  "GET members/[id]/data": "admin",
  "GET messages": "admin",
  "GET webhooks": "admin",
  "POST webhooks": "admin",
  "PATCH webhooks/[id]": "admin",
  "DELETE webhooks/[id]": "admin",
  "GET webhooks/[id]/deliveries": "admin",
  "POST webhooks/[id]/deliveries": "admin",
  // What is on its way into the books is for whoever enters.
  "GET invoice-drafts": "write_facts",
  "GET invoice-drafts/[id]": "write_facts",
  "GET imports": "write_facts",
  "GET imports/[id]": "write_facts",
  "GET imports/templates/[name]": "write_facts",
  "GET identities": "write_facts",
  "GET seat-effects": "write_facts",
  "PUT opening-totals": "close",
  "PUT periods/[month]/approval": "close",
  "DELETE periods/[month]/approval": "close",
  "PUT periods/[month]/closure": "close",
  "DELETE periods/[month]/closure": "close",
  "PUT reconciliation/[month]/contracts/[id]/acceptance": "close",
  "DELETE reconciliation/[month]/contracts/[id]/acceptance": "close",
  "POST periods/[month]/checklist/acceptances": "close",
  "DELETE periods/[month]/checklist/acceptances/[id]": "close",
};

export const takenOf = (route: RouteName): Taken =>
  OTHERWISE[route] ?? (route.startsWith("GET") ? "read" : "write_facts");
