"use client";

import { PER_INTERVAL } from "@/components/seats/seat-words";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { SubscriptionSummary } from "@/lib/subscriptions/schema";

type ContractTableProps = {
  readonly contracts: readonly SubscriptionSummary[];
  readonly withTeams: boolean;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

/** Contracts with their seats on the day shown; a contract of several plans has a row for each. */
export function ContractTable({ contracts, withTeams, openId, onOpen }: ContractTableProps) {
  return (
    <Table caption="Contracts and their seats" divided>
      <TableHead>
        <tr>
          <Column pinned>Contract</Column>
          <Column>Plan</Column>
          <Column figures>Held</Column>
          <Column figures>Seats</Column>
          <Column figures>Price per seat</Column>
          {withTeams && <Column>Team</Column>}
          <Column>Counts as</Column>
          <Column>Renews</Column>
        </tr>
      </TableHead>
      <tbody>
        {contracts.flatMap((contract) =>
          rowsOf(contract).map((plan, index) => (
            <Row key={`${contract.id} ${plan?.plan.id}`} selected={contract.id === openId}>
              <RowHead pinned className="font-normal">
                {index === 0 && <ContractName contract={contract} onOpen={onOpen} />}
              </RowHead>
              <Cell>{plan ? plan.plan.name : <span className="text-muted">not begun</span>}</Cell>
              <Cell figures>{plan ? <Held held={plan.held} seats={plan.seats} /> : <NotApplicable />}</Cell>
              <Cell figures>{plan ? plan.seats : <NotApplicable />}</Cell>
              <Cell figures>
                {plan ? (
                  <>
                    <Amount value={plan.unitPrice} withCurrency />{" "}
                    <span className="text-muted text-small">{PER_INTERVAL[contract.billingInterval]}</span>
                  </>
                ) : (
                  <NotApplicable />
                )}
              </Cell>
              {withTeams && <Cell>{contract.team.name}</Cell>}
              <Cell className="text-muted">
                {PURPOSE_NAMES[contract.defaultPurpose]}
                {contract.defaultProduct && `, ${contract.defaultProduct.name}`}
              </Cell>
              <Cell className="whitespace-nowrap text-muted">{renewalText(contract)}</Cell>
            </Row>
          )),
        )}
      </tbody>
    </Table>
  );
}

const rowsOf = ({ plans }: SubscriptionSummary) => (plans.length > 0 ? plans : [null]);

type ContractNameProps = {
  readonly contract: SubscriptionSummary;
  readonly onOpen: (id: string) => void;
};

function ContractName({ contract, onOpen }: ContractNameProps) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <button
        type="button"
        onClick={() => onOpen(contract.id)}
        className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
      >
        <span className="text-muted">{contract.serviceProvider.name} · </span>
        {contract.name}
      </button>
      {contract.endsOn && <Badge>ends {dateText(contract.endsOn)}</Badge>}
    </span>
  );
}

function Held({ held, seats }: { readonly held: number; readonly seats: number }) {
  const free = seats - held;
  return (
    <span>
      {held}
      {free > 0 && <span className="text-muted text-small"> ({free} unassigned)</span>}
    </span>
  );
}

function renewalText({ renewsOn, noticeDays }: SubscriptionSummary): string {
  if (renewsOn === null) return "·";
  return noticeDays === null ? dateText(renewsOn) : `${dateText(renewsOn)}, ${noticeDays} days' notice`;
}
