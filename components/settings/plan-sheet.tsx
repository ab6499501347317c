"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { INTERVAL_NAMES, PRORATION_HINTS } from "@/components/settings/catalogue-words";
import { PlanForm } from "@/components/settings/plan-form";
import { PlanPriceForm } from "@/components/settings/plan-price-form";
import { Amount } from "@/components/ui/amount";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { planPricesQuery } from "@/lib/catalogue/queries";
import type { Plan } from "@/lib/catalogue/schema";
import { dateText } from "@/lib/domain/date-text";

type PlanSheetProps = {
  readonly plan: Plan;
  readonly mayWrite: boolean;
  readonly baseCurrency: string;
  readonly onClose: () => void;
};

/** A plan, and its list prices through time with where each was read. */
export function PlanSheet({ plan, mayWrite, baseCurrency, onClose }: PlanSheetProps) {
  const [dirty, setDirty] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={plan.name}
      description={plan.serviceProvider.name}
      dirty={dirty}
    >
      <div className="flex flex-col gap-6">
        <section aria-labelledby="plan-prices" className="flex flex-col gap-3">
          <h3 id="plan-prices" className="font-bold">
            List prices per seat
          </h3>
          <PriceTable plan={plan} />
          {mayWrite && (
            <PlanPriceForm plan={plan} currency={plan.prices[0]?.unitPrice.currency ?? baseCurrency} />
          )}
        </section>
        <section aria-labelledby="plan-fields" className="flex flex-col gap-3">
          <h3 id="plan-fields" className="font-bold">
            Plan
          </h3>
          {mayWrite ? (
            <PlanForm key={plan.version} plan={plan} onDirty={setDirty} />
          ) : (
            <Facts
              facts={[
                { term: "Added seats", value: PRORATION_HINTS[plan.prorationRule] },
                { term: "Seats at least", value: plan.minimumSeats },
                { term: "Includes", value: plan.includedAllowance || "·" },
              ]}
            />
          )}
        </section>
      </div>
    </Sheet>
  );
}

function PriceTable({ plan }: { readonly plan: Plan }) {
  const prices = useQuery(planPricesQuery(plan.id));
  if (prices.isPending) return <Skeleton className="h-20" />;
  if (prices.isError) {
    return (
      <ErrorState title="The prices could not be read" onRetry={() => prices.refetch()}>
        {prices.error.message}
      </ErrorState>
    );
  }
  if (prices.data.length === 0)
    return <p className="text-muted">No list price: it is negotiated, or not entered yet.</p>;
  const inForce = new Set(plan.prices.map(({ id }) => id));

  return (
    <div className="overflow-clip rounded-lg border border-line">
      <Table caption="List prices through time" divided>
        <TableHead>
          <tr>
            <Column>From</Column>
            <Column figures>Price</Column>
            <Column>Source</Column>
          </tr>
        </TableHead>
        <tbody>
          {prices.data.map(({ id, startsOn, billingInterval, unitPrice, source }) => (
            <Row key={id} selected={inForce.has(id)}>
              <RowHead className="whitespace-nowrap font-normal">{dateText(startsOn)}</RowHead>
              <Cell figures>
                <Amount value={unitPrice} withCurrency /> {INTERVAL_NAMES[billingInterval]}
              </Cell>
              <Cell className="text-muted">{source}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
