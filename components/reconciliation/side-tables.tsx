"use client";

import Link from "next/link";
import { type ReactNode, useId } from "react";

import { Amount } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { typedPeriodText } from "@/lib/domain/typed-period";
import { CHARGE_CATEGORY_NAMES } from "@/lib/domain/words";
import type { ReconciledRows } from "@/lib/reconciliation/schema";

const SEATS = { cycle_start: "at the start", addition: "added", upgrade: "moved up" } as const;

/** The rows of each side that says something: seats, use, invoice lines, payments. */
export function SideTables({ rows }: Pick<ReconciledRows, "rows">) {
  const { expected, metered, billed, settled } = rows;
  return (
    <>
      {expected.length > 0 && (
        <Side title="Expected, from the seat ledger" columns={["Seats", "Days", "Not billed yet", "Amount"]}>
          {expected.map(({ plan, kind, period, seats, amount, open }) => (
            <Row key={`${plan} ${kind} ${period.start}`}>
              <RowHead className="min-w-36 font-normal">
                {seats} {plan}, {SEATS[kind]}
              </RowHead>
              <Cell className="whitespace-nowrap text-muted">{typedPeriodText(period)}</Cell>
              <Cell figures>
                <Amount value={open} tone="muted" />
              </Cell>
              <Cell figures>
                <Amount value={amount} withCurrency />
              </Cell>
            </Row>
          ))}
        </Side>
      )}
      {metered.length > 0 && (
        <Side title="Metered, at the price of its use" columns={["Account", "Amount"]}>
          {metered.map(({ account, amount }) => (
            <Row key={`${account} ${amount.currency}`}>
              <RowHead className="font-normal">{account ?? "Not matched to an account"}</RowHead>
              <Cell figures>
                <Amount value={amount} withCurrency />
              </Cell>
            </Row>
          ))}
        </Side>
      )}
      {billed.length > 0 && (
        <Side title="Billed, from invoices" columns={["Line", "Invoice", "Amount"]}>
          {billed.map(({ chargeId, invoice, description, chargeCategory, period, amount }) => (
            <Row key={`${chargeId} ${period.start} ${amount.minor}`}>
              <RowHead className="min-w-36 font-normal">
                {description}
                <span className="block text-muted text-small">
                  {CHARGE_CATEGORY_NAMES[chargeCategory]} · {typedPeriodText(period)}
                </span>
              </RowHead>
              <Cell className="align-baseline">
                <InvoiceLink {...invoice} />
              </Cell>
              <Cell figures className="align-baseline">
                <Amount value={amount} withCurrency />
              </Cell>
            </Row>
          ))}
        </Side>
      )}
      {settled.length > 0 && (
        <Side title="Paid, for whole invoices" columns={["Day", "Invoice", "Bank fee", "Amount"]}>
          {settled.map(({ id, invoice, paidOn, amount, bankFee }) => (
            <Row key={id}>
              <RowHead className="whitespace-nowrap font-normal">{dateText(paidOn)}</RowHead>
              <Cell>
                <InvoiceLink {...invoice} />
              </Cell>
              <Cell figures>
                <Amount value={bankFee} tone="muted" />
              </Cell>
              <Cell figures>
                <Amount value={amount} withCurrency />
              </Cell>
            </Row>
          ))}
        </Side>
      )}
    </>
  );
}

function InvoiceLink({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <Link href={`/invoices?invoice=${id}`} className="whitespace-nowrap text-link hover:underline">
      {name}
    </Link>
  );
}

const FIGURES = new Set(["Amount", "Bank fee", "Not billed yet"]);

type SideProps = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
};

function Side({ title, columns, children }: SideProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="font-bold">
        {title}
      </h3>
      <div className="overflow-clip rounded-lg border border-line">
        <Table caption={title} divided>
          <TableHead>
            <tr>
              {columns.map((column) => (
                <Column key={column} figures={FIGURES.has(column)}>
                  {column}
                </Column>
              ))}
            </tr>
          </TableHead>
          <tbody>{children}</tbody>
        </Table>
      </div>
    </section>
  );
}
