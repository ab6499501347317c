"use client";

import { Amount } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { percentText } from "@/lib/domain/tax";
import { typedPeriodText } from "@/lib/domain/typed-period";
import { CHARGE_CATEGORY_NAMES, PURPOSE_NAMES, TAX_TREATMENT_NAMES } from "@/lib/domain/words";
import type { CountsAs, Invoice, InvoiceCharge } from "@/lib/invoices/schema";

/** The lines that the reader may see, each with where it counts; the rest as one sum. */
export function ChargeTable({ invoice }: { readonly invoice: Invoice }) {
  const { charges, rest, billedCost } = invoice;
  return (
    <div className="-mx-5">
      <Table caption={`Lines of invoice ${invoice.number} in ${billedCost.currency}`} divided>
        <TableHead>
          <tr>
            <Column>Line</Column>
            <Column>Counts as</Column>
            <Column figures>{billedCost.currency}</Column>
          </tr>
        </TableHead>
        <tbody>
          {charges.map((charge) => (
            <ChargeRow key={charge.id} charge={charge} />
          ))}
          {rest && (
            <Row>
              <RowHead className="font-normal text-muted">
                {rest.count} {rest.count === 1 ? "line" : "lines"} of other teams
              </RowHead>
              <Cell />
              <Cell figures>
                <Amount value={rest.billedCost} tone="muted" />
              </Cell>
            </Row>
          )}
        </tbody>
      </Table>
    </div>
  );
}

function ChargeRow({ charge }: { readonly charge: InvoiceCharge }) {
  const { description, chargeCategory, chargePeriod, quantity, billedCost, countsAs } = charge;
  const about = [
    CHARGE_CATEGORY_NAMES[chargeCategory],
    charge.subscription?.name ?? charge.apiAccount?.name,
    charge.plan?.name,
    chargePeriod && typedPeriodText(chargePeriod),
    quantity !== null &&
      chargeCategory === "purchase" &&
      `${quantity} ${quantity === "1" ? "seat" : "seats"}`,
    charge.taxTreatment && TAX_TREATMENT_NAMES[charge.taxTreatment],
    charge.selfAssessed && charge.taxTreatment === null && "self-assessed",
    charge.taxRateBasisPoints !== null && `${percentText(charge.taxRateBasisPoints)} %`,
    charge.taxCode,
  ].filter((part) => typeof part === "string");
  return (
    <Row>
      <RowHead className="align-top font-normal">
        {description}
        <span className="block text-muted text-small">{about.join(" · ")}</span>
      </RowHead>
      <Cell className="align-top">
        {countsAs.map((part) => (
          <span
            key={`${part.kind} ${part.purpose} ${part.billingModel} ${part.team?.id} ${part.product?.id}`}
            className="block"
          >
            {countsText(part)} <Amount value={part.baseCost} tone="muted" />
          </span>
        ))}
      </Cell>
      <Cell figures className="align-top">
        <Amount value={billedCost} />
      </Cell>
    </Row>
  );
}

const KINDS = {
  recoverable_tax: "Recoverable tax",
  out_of_scope: "Not AI",
  prepaid: "Prepaid credit",
  prepaid_drawn: "Drawn from prepaid credit",
  covered: "Covered by credit",
} as const;

function countsText({ kind, purpose, team, product }: CountsAs): string {
  if (kind !== "cost") return KINDS[kind];
  return [PURPOSE_NAMES[purpose], team?.name, product?.name].filter(Boolean).join(" · ");
}
