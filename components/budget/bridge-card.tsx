"use client";

import type { OpenCell } from "@/components/budget/budget-address";
import { Amount, AmountAction } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { Cell, Row, RowHead, Table } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Bridge, BridgeStep } from "@/lib/ledger/schema";

const STEP_NAMES = {
  invoices_issued: "Invoices issued in the month",
  recoverable_tax: "Recoverable tax",
  self_assessed_tax: "Self-assessed tax",
  out_of_scope: "Not AI",
  spread_to_other_months: "Counts in other months",
  spread_from_other_months: "Counts here from other months",
  prepaid_opened: "Prepaid credit bought",
  credits_drawn: "Prepaid credit used",
  estimates: "Estimates",
  corrections: "Corrections of closed months",
} as const satisfies Record<BridgeStep, string>;

type BridgeCardProps = {
  readonly bridge: Bridge;
  /** Opens the entries of a line; absent where the page counts otherwise than the bridge does. */
  readonly onOpen?: (cell: OpenCell) => void;
};

/** From the month's invoices to its three lines, to the cent. */
export function BridgeCard({ bridge, onOpen }: BridgeCardProps) {
  const { month, steps, lines, total } = bridge;
  const shown = steps.filter(({ step, amount }) => step === "invoices_issued" || amount.minor !== 0);

  return (
    <Card flush labelledBy="bridge">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="bridge" className="font-bold">
          From invoices to lines
        </h2>
        <p className="text-muted">
          {monthText(month)}, {total.currency}
        </p>
      </div>
      <Table caption={`From the invoices of ${monthText(month)} to its lines, in ${total.currency}`}>
        <tbody>
          {shown.map(({ step, amount }, index) => (
            <Row key={step}>
              <RowHead className="font-normal">{STEP_NAMES[step]}</RowHead>
              <Cell figures>
                {step === "invoices_issued" ? (
                  <AmountAction
                    value={amount}
                    href={`/invoices?month=${month}`}
                    describes={`invoices of ${monthText(month)}`}
                  />
                ) : (
                  <Amount
                    value={amount}
                    withSign={index > 0}
                    state={step === "estimates" ? "estimated" : "billed"}
                  />
                )}
              </Cell>
            </Row>
          ))}
          {lines.map(({ purpose, amount }, index) => (
            <Row key={purpose} ruled={index === 0}>
              <RowHead className="font-normal text-muted">= {PURPOSE_NAMES[purpose]}</RowHead>
              <Cell figures>
                {onOpen ? (
                  <AmountAction
                    value={amount}
                    tone="muted"
                    describes={`entries of ${PURPOSE_NAMES[purpose]}, ${monthText(month)}`}
                    onClick={() => onOpen({ purpose, month, group: "all" })}
                  />
                ) : (
                  <Amount value={amount} tone="muted" />
                )}
              </Cell>
            </Row>
          ))}
          <Row ruled strong>
            <RowHead className="font-bold">Cost of the month</RowHead>
            <Cell figures>
              <Amount value={total} />
            </Cell>
          </Row>
        </tbody>
      </Table>
    </Card>
  );
}
