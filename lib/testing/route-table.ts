import { ACCESS } from "@/lib/testing/routes/access";
import { ACCOUNTS } from "@/lib/testing/routes/accounts";
import { ADVICE } from "@/lib/testing/routes/advice";
import { AUDIT } from "@/lib/testing/routes/audit";
import { CATALOGUE } from "@/lib/testing/routes/catalogue";
import { CLOSING } from "@/lib/testing/routes/closing";
import { COMMITMENTS } from "@/lib/testing/routes/commitments";
import { CREDITS } from "@/lib/testing/routes/credits";
import { FINDINGS } from "@/lib/testing/routes/findings";
import { INVOICE_DUTIES } from "@/lib/testing/routes/invoice-duties";
import { INVOICES } from "@/lib/testing/routes/invoices";
import { PEOPLE } from "@/lib/testing/routes/people";
import { PLANNING } from "@/lib/testing/routes/planning";
import { READING } from "@/lib/testing/routes/reading";
import { RECONCILIATION } from "@/lib/testing/routes/reconciliation";
import type { Row } from "@/lib/testing/routes/row";
import { SEATS } from "@/lib/testing/routes/seats";
import { SIGN_IN } from "@/lib/testing/routes/sign-in";
import { USAGE } from "@/lib/testing/routes/usage";
import { WEBHOOKS } from "@/lib/testing/routes/webhooks";
import type { Principal, SignedIn } from "@/lib/testing/world";

/** Every route of the interface and who may use it. A route that is missing here fails the build. */
export const ROUTE_TABLE: readonly Row[] = [
  ...PEOPLE,
  ...CATALOGUE,
  ...SEATS,
  ...ACCOUNTS,
  ...CREDITS,
  ...INVOICES,
  ...USAGE,
  ...READING,
  ...PLANNING,
  ...CLOSING,
  ...ACCESS,
  ...SIGN_IN,
  ...AUDIT,
  ...ADVICE,
  ...FINDINGS,
  ...COMMITMENTS,
  ...RECONCILIATION,
  ...WEBHOOKS,
  ...INVOICE_DUTIES,
];

/** The status with which a right request of somebody is answered. */
export function expectedStatus({ who, status, hiddenFrom = [] }: Row, principal: Principal): number {
  if (who.includes(principal)) return status;
  if (principal === "nobody") return 401;
  return hiddenFrom.includes(principal satisfies SignedIn) ? 404 : 403;
}
