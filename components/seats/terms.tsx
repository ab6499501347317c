"use client";

import { useState } from "react";

import { PER_INTERVAL } from "@/components/seats/seat-words";
import { TermForm } from "@/components/seats/term-form";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Plan } from "@/lib/catalogue/schema";
import { dateText } from "@/lib/domain/date-text";
import type { Subscription } from "@/lib/subscriptions/schema";

type TermsProps = {
  readonly contract: Subscription;
  readonly plans: readonly Plan[];
  readonly mayWrite: boolean;
};

/** From which day on, so many seats at this price; nothing before is touched. */
export function Terms({ contract, plans, mayWrite }: TermsProps) {
  const [adding, setAdding] = useState(false);
  return (
    <section aria-labelledby="terms" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h3 id="terms" className="font-bold">
          Terms
        </h3>
        {mayWrite && !adding && (
          <Button size="small" data-autofocus onClick={() => setAdding(true)}>
            Change seats or price
          </Button>
        )}
      </div>
      <div className="-mx-5">
        <Table caption="Terms" divided>
          <TableHead>
            <tr>
              <Column>From</Column>
              <Column>Plan</Column>
              <Column figures>Seats</Column>
              <Column figures>Price per seat</Column>
            </tr>
          </TableHead>
          <tbody>
            {contract.terms.map(({ id, plan, startsOn, seats, unitPrice }) => (
              <Row key={id}>
                <RowHead className="whitespace-nowrap font-normal">{dateText(startsOn)}</RowHead>
                <Cell>{plan.name}</Cell>
                <Cell figures>{seats}</Cell>
                <Cell figures>
                  <Amount value={unitPrice} withCurrency />{" "}
                  <span className="text-muted text-small">{PER_INTERVAL[contract.billingInterval]}</span>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
      {adding && <TermForm contract={contract} plans={plans} onDone={() => setAdding(false)} />}
    </section>
  );
}
