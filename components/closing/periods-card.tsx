"use client";

import { LockKeyhole } from "lucide-react";
import { useState } from "react";

import { lastClosed } from "@/components/closing/period-rows";
import { ReopenMonth } from "@/components/closing/reopen-month";
import { Amount } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { snapshotPath } from "@/lib/closing/queries";
import type { ClosablePeriod, Closing, PeriodState } from "@/lib/closing/schema";
import { instantText, monthText } from "@/lib/domain/date-text";
import { money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";

const STATES: Record<Exclude<PeriodState, "closed">, string> = { running: "Running", open: "Open" };

type PeriodsCardProps = {
  readonly periods: readonly ClosablePeriod[];
  readonly shown: Month | null;
  readonly mayClose: boolean;
  readonly onShow: (month: Month) => void;
};

/** Every month of the books: its state, who closed it when, and the hash of what was kept. */
export function PeriodsCard({ periods, shown, mayClose, onShow }: PeriodsCardProps) {
  const [reopening, setReopening] = useState<Month | null>(null);
  const last = lastClosed(periods);
  return (
    <Card flush labelledBy="periods">
      <h2 id="periods" className="px-4 pt-3 pb-1 font-bold">
        Months of the books
      </h2>
      <Table caption="Months of the books" divided>
        <TableHead>
          <tr>
            <Column>Month</Column>
            <Column>State</Column>
            <Column figures className="max-sm:hidden">
              Cost
            </Column>
            <Column className="max-md:hidden">SHA-256</Column>
            <Column>
              <span className="sr-only">Actions</span>
            </Column>
          </tr>
        </TableHead>
        <tbody>
          {periods.map((period) => (
            <PeriodRow key={period.month} period={period} selected={period.month === shown}>
              {period.state === "open" && period.month !== shown && (
                <Button size="small" variant="quiet" onClick={() => onShow(period.month)}>
                  Checklist
                </Button>
              )}
              {period.month === last && mayClose && (
                <Button size="small" variant="quiet" onClick={() => setReopening(period.month)}>
                  Reopen
                </Button>
              )}
              {period.closing && <Download closing={period.closing} />}
            </PeriodRow>
          ))}
        </tbody>
      </Table>
      {reopening !== null && <ReopenMonth month={reopening} onClose={() => setReopening(null)} />}
    </Card>
  );
}

type PeriodRowProps = {
  readonly period: ClosablePeriod;
  readonly selected: boolean;
  readonly children: React.ReactNode;
};

function PeriodRow({ period: { month, state, closing, reopened }, selected, children }: PeriodRowProps) {
  return (
    <Row selected={selected}>
      <RowHead className="whitespace-nowrap align-top">{monthText(month)}</RowHead>
      <Cell className="align-top">
        {state === "closed" ? (
          <Badge>
            <LockKeyhole aria-hidden className="size-3" /> Closed
          </Badge>
        ) : (
          <span className="text-muted">{STATES[state]}</span>
        )}
        {closing && <span className="mt-0.5 block text-muted text-small">{whoText(closing)}</span>}
        {reopened.map((old) => (
          <span key={old.id} className="mt-0.5 block text-muted text-small">
            Was closed {instantText(old.closedAt)}; reopened by {old.reopening?.reopenedBy.name}:{" "}
            {old.reopening?.reason}
          </span>
        ))}
      </Cell>
      <Cell figures className="align-top max-sm:hidden">
        {closing && <Amount value={totalOf(closing)} withCurrency />}
      </Cell>
      <Cell className="align-top max-md:hidden">
        {closing && (
          <code title={closing.sha256} className="text-muted text-small">
            {closing.sha256.slice(0, 16)}…
          </code>
        )}
      </Cell>
      <Cell className="w-0 align-top">
        <div className="flex justify-end gap-1 max-sm:flex-col">{children}</div>
      </Cell>
    </Row>
  );
}

const Download = ({ closing: { id, month } }: { readonly closing: Closing }) => (
  <LinkButton
    size="small"
    variant="quiet"
    href={snapshotPath(month, id)}
    download={`${month}.csv`}
    aria-label={`Download what ${monthText(month)} held`}
  >
    Download
  </LinkButton>
);

function whoText({ closedBy, closedAt, approvedBy, rowCount }: Closing): string {
  const approved = approvedBy ? `, approved by ${approvedBy.name}` : "";
  return `${closedBy.name}, ${instantText(closedAt)}${approved} · ${rowCount} ${rowCount === 1 ? "entry" : "entries"}`;
}

function totalOf({ totals }: Closing) {
  const currency = totals[0]?.amount.currency ?? "USD";
  return money(
    totals.reduce((sum, { amount }) => sum + amount.minor, 0),
    currency,
  );
}
