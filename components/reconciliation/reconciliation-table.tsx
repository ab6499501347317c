"use client";

import { Amount, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Money } from "@/lib/domain/money";
import { DIFFERENCE_NAMES } from "@/lib/domain/words";
import type { ReconciledContract, Reconciliation } from "@/lib/reconciliation/schema";

type ReconciliationTableProps = {
  readonly reconciliation: Reconciliation;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

/** Contracts with their four sides, and why they differ. */
export function ReconciliationTable({ reconciliation, openId, onOpen }: ReconciliationTableProps) {
  const { contracts, tolerance } = reconciliation;
  return (
    <Table caption={`Reconciliation, in ${tolerance.amount.currency}`} divided>
      <TableHead>
        <tr>
          <Column pinned>Contract</Column>
          <Column figures>Expected</Column>
          <Column figures>Metered</Column>
          <Column figures>Billed</Column>
          <Column figures>Paid</Column>
          <Column figures>Difference</Column>
          <Column>Why</Column>
        </tr>
      </TableHead>
      <tbody>
        {contracts.map((contract) => (
          <Row key={contract.id} selected={contract.id === openId}>
            <RowHead pinned className="align-baseline font-normal">
              <button
                type="button"
                onClick={() => onOpen(contract.id)}
                className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
              >
                {contract.name}
              </button>
              <span className="block text-muted text-small">{contract.serviceProvider.name}</span>
            </RowHead>
            <Side value={contract.expected} />
            <Side value={contract.metered} />
            <Side value={contract.billed} />
            <Side value={contract.settled} />
            <Cell figures className="align-baseline">
              <Amount value={contract.difference} withSign />
            </Cell>
            <Cell className="min-w-60 align-baseline">
              <Why contract={contract} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Side({ value }: { readonly value: Money | null }) {
  return (
    <Cell figures className="align-baseline">
      {value ? <Amount value={value} /> : <NotApplicable />}
    </Cell>
  );
}

/** The differences by their types, and how the unexplained one stands. */
export function Why({ contract }: { readonly contract: ReconciledContract }) {
  const { expected, metered, settled, differences, rateMissing } = contract;
  if (rateMissing) return <Badge tone="warning">rate missing</Badge>;
  if (differences.length === 0) {
    const compared = [expected, metered, settled].some((side) => side !== null);
    return <span className="text-muted">{compared ? "agrees" : "nothing to compare it with"}</span>;
  }
  return (
    <ul className="flex flex-col gap-0.5">
      {differences.map(({ type, amount }) => (
        <li key={type} className="flex flex-wrap items-center gap-x-2">
          {DIFFERENCE_NAMES[type]} <Amount value={amount} withSign tone="muted" />
          {type === "unexplained" && <State contract={contract} />}
        </li>
      ))}
    </ul>
  );
}

function State({ contract: { state, acceptance } }: { readonly contract: ReconciledContract }) {
  if (state === "unexplained") return <Badge tone="danger">to explain</Badge>;
  if (state === "tolerated") return <Badge>within tolerance</Badge>;
  if (!acceptance) return null;
  return <Badge>{acceptance.type === "unexplained" ? "accepted" : DIFFERENCE_NAMES[acceptance.type]}</Badge>;
}
