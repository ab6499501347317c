"use client";

import { Plus } from "lucide-react";
import { Fragment } from "react";

import { PRORATION_NAMES } from "@/components/settings/catalogue-words";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Plan, ServiceProvider } from "@/lib/catalogue/schema";
import type { BillingInterval } from "@/lib/domain/facts";

type CatalogueTableProps = {
  readonly providers: readonly ServiceProvider[];
  readonly plans: readonly Plan[];
  readonly openId: string | null;
  readonly onPlan: (id: string) => void;
  readonly onProvider?: (id: string) => void;
  readonly onAddPlan?: (serviceProviderId: string) => void;
};

const NAME_STYLE = "min-h-6 rounded-sm text-left hover:text-link hover:underline";

/** Each provider with its plans and the prices in force today. */
export function CatalogueTable({ providers, plans, onPlan, ...rest }: CatalogueTableProps) {
  const { openId, onProvider, onAddPlan } = rest;
  const currencies = new Set(
    plans.flatMap(({ prices }) => prices.map(({ unitPrice }) => unitPrice.currency)),
  );
  // Said once, in the heads, as long as there is only one.
  const [currency] = currencies.size === 1 ? currencies : [];
  const perSeat = currency ? `per seat, ${currency}` : "per seat";
  const byProvider = Map.groupBy(plans, ({ serviceProvider }) => serviceProvider.id);
  return (
    <Table caption="Plans and list prices" divided>
      <TableHead>
        <tr>
          <Column pinned>Plan</Column>
          <Column figures>A month, {perSeat}</Column>
          <Column figures>A year, {perSeat}</Column>
          <Column figures>Seats at least</Column>
          <Column>Added seats pay</Column>
          <Column>Includes</Column>
        </tr>
      </TableHead>
      <tbody>
        {providers.map((provider) => (
          <Fragment key={provider.id}>
            <Row ruled selected={provider.id === openId}>
              <RowHead pinned>
                {onProvider ? (
                  <button type="button" onClick={() => onProvider(provider.id)} className={NAME_STYLE}>
                    <span className="font-bold">{provider.name}</span>
                  </button>
                ) : (
                  <span className="font-bold">{provider.name}</span>
                )}{" "}
                {provider.archived && <Badge>archived</Badge>}
              </RowHead>
              <Cell colSpan={5} className="text-right">
                {onAddPlan && (
                  <Button
                    size="small"
                    variant="quiet"
                    aria-label={`Add a plan of ${provider.name}`}
                    onClick={() => onAddPlan(provider.id)}
                  >
                    <Plus aria-hidden className="size-4" /> Plan
                  </Button>
                )}
              </Cell>
            </Row>
            {(byProvider.get(provider.id) ?? []).map((plan) => (
              <PlanRow
                key={plan.id}
                plan={plan}
                withCurrency={!currency}
                open={plan.id === openId}
                onOpen={onPlan}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

type PlanRowProps = {
  readonly plan: Plan;
  readonly withCurrency: boolean;
  readonly open: boolean;
  readonly onOpen: (id: string) => void;
};

function PlanRow({ plan, withCurrency, open, onOpen }: PlanRowProps) {
  return (
    <Row selected={open}>
      <RowHead pinned className="pl-8 font-normal">
        <span className="flex items-center gap-2">
          <button type="button" onClick={() => onOpen(plan.id)} className={NAME_STYLE}>
            {plan.name}
          </button>
          {plan.archived && <Badge>archived</Badge>}
        </span>
      </RowHead>
      <Prices plan={plan} interval="month" withCurrency={withCurrency} />
      <Prices plan={plan} interval="year" withCurrency={withCurrency} />
      <Cell figures className="text-muted">
        {plan.minimumSeats}
      </Cell>
      <Cell className="whitespace-nowrap text-muted">{PRORATION_NAMES[plan.prorationRule]}</Cell>
      <Cell className="min-w-48 text-muted">{plan.includedAllowance || "·"}</Cell>
    </Row>
  );
}

type PricesProps = {
  readonly plan: Plan;
  readonly interval: BillingInterval;
  readonly withCurrency: boolean;
};

function Prices({ plan, interval, withCurrency }: PricesProps) {
  const prices = plan.prices.filter(({ billingInterval }) => billingInterval === interval);
  return (
    <Cell figures>
      {prices.length === 0 && <NotApplicable />}
      {prices.map(({ id, unitPrice }) => (
        <span key={id} className="block">
          <Amount value={unitPrice} withCurrency={withCurrency} />
        </span>
      ))}
    </Cell>
  );
}
