"use client";

import { CREDIT_KIND_NAMES, CREDIT_STATE_NAMES, scopeText } from "@/components/credits/credit-words";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { CreditGrant } from "@/lib/credit-grants/schema";
import { dateText } from "@/lib/domain/date-text";

type CreditTableProps = {
  readonly grants: readonly CreditGrant[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

/** The credits with what is left of each; those of the past say how they ended. */
export function CreditTable({ grants, openId, onOpen }: CreditTableProps) {
  return (
    <Table caption="Credits and what is left of them" divided>
      <TableHead>
        <tr>
          <Column pinned>Credit</Column>
          <Column figures>Balance</Column>
          <Column figures>Before credits</Column>
          <Column figures>Cost</Column>
          <Column>Used up on</Column>
          <Column>Expires</Column>
        </tr>
      </TableHead>
      <tbody>
        {grants.map((grant) => (
          <Row key={grant.id} selected={grant.id === openId}>
            <RowHead pinned className="font-normal text-ink">
              <button
                type="button"
                onClick={() => onOpen(grant.id)}
                className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
              >
                {scopeText(grant)}
              </button>
              <span className="block text-muted text-small">
                {CREDIT_KIND_NAMES[grant.kind]}
                {grant.kind === "allowance" &&
                  (grant.pooled ? ", pooled, this month" : ", per seat, this month")}
              </span>
            </RowHead>
            <Cell figures>
              <Balance grant={grant} />
            </Cell>
            <Cell figures>
              <Amount value={grant.drawn} withCurrency />
              {grant.over.minor > 0 && (
                <span className="block text-small">
                  <Amount value={grant.over} tone="warning" /> <span className="text-muted">beyond it</span>
                </span>
              )}
            </Cell>
            <Cell figures>
              <Amount
                value={grant.cost}
                state={grant.kind === "purchase" && grant.charge === null ? "estimated" : "billed"}
                withCurrency
              />
            </Cell>
            <Cell className="whitespace-nowrap">
              {grant.burnDownOn ? dateText(grant.burnDownOn) : <NotApplicable />}
            </Cell>
            <Cell className="whitespace-nowrap">
              <Expiry grant={grant} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** What is left, above a bar of what was drawn. */
function Balance({ grant }: { readonly grant: CreditGrant }) {
  const { balance, drawn, included, state } = grant;
  if (state === "void") return <Badge tone="neutral">void</Badge>;
  return (
    <span className="flex min-w-32 flex-col gap-1">
      <span>
        <Amount value={balance} withCurrency />{" "}
        <span className="text-muted text-small max-sm:block">
          of <Amount value={included} />
        </span>
      </span>
      <progress
        aria-label="Drawn"
        className="progress-control"
        value={drawn.minor}
        max={Math.max(included.minor, 1)}
      />
    </span>
  );
}

function Expiry({ grant }: { readonly grant: CreditGrant }) {
  const { expiresOn, expired, state } = grant;
  if (state === "upcoming" || state === "used_up") {
    return <span className="text-muted">{CREDIT_STATE_NAMES[state]}</span>;
  }
  if (expiresOn === null) return <span className="text-muted">never</span>;
  return (
    <>
      {dateText(expiresOn)}
      {expired.minor > 0 && (
        <span className="block text-muted text-small">
          <Amount value={expired} /> unused
        </span>
      )}
    </>
  );
}
