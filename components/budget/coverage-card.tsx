"use client";

import { Check, CircleDashed } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { NotApplicable } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { EstimatedMark, MissingMark } from "@/components/ui/state-mark";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { CoverageState } from "@/lib/domain/coverage";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { COVERAGE_NAMES } from "@/lib/domain/words";
import type { Coverage } from "@/lib/ledger/schema";

const MARKS: Record<CoverageState, ReactNode> = {
  billed: <Check aria-hidden className="inline-block size-3.5 text-muted" />,
  partly_billed: <CircleDashed aria-hidden className="inline-block size-3.5 text-warning" />,
  estimated: <EstimatedMark />,
  missing: <MissingMark />,
  not_expected: null,
};

const LEGEND: readonly CoverageState[] = ["billed", "partly_billed", "estimated", "missing"];

/** Contract by month, whether its invoice is there: what is missing is never 0. */
export function CoverageCard({ coverage, month }: { readonly coverage: Coverage; readonly month: Month }) {
  const { contracts } = coverage;
  const missing = contracts.filter((contract) =>
    contract.months.some((one) => one.month === month && one.state === "missing"),
  );
  const months = contracts[0]?.months.map((one) => one.month) ?? [];

  return (
    <Card flush labelledBy="coverage">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="coverage" className="font-bold">
          Invoices that are here
        </h2>
        <p className="text-muted">{missingText(missing.length, month)}</p>
      </div>
      <Table caption="Invoices by contract and month" divided startAtEnd>
        <TableHead>
          <tr>
            <Column pinned>Contract</Column>
            {months.map((one) => (
              <Column key={one} aria-label={monthText(one)} className="text-center">
                {monthShortText(one)}
              </Column>
            ))}
          </tr>
        </TableHead>
        <tbody>
          {contracts.map((contract) => (
            <Row key={contract.id}>
              <RowHead pinned>
                <ContractName contract={contract} />
              </RowHead>
              {contract.months.map((one) => (
                <Cell key={one.month} className="text-center">
                  <Mark state={one.state} month={one.month} />
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-4 py-2 text-muted text-small">
        {LEGEND.map((state) => (
          <li key={state} className="inline-flex items-center gap-1.5">
            {MARKS[state]} {COVERAGE_NAMES[state]}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function ContractName({ contract }: { readonly contract: Coverage["contracts"][number] }) {
  const { kind, id, name, serviceProvider } = contract;
  const href = kind === "subscription" ? `/seats?subscription=${id}` : `/api-accounts?account=${id}`;
  return (
    <Link href={href} prefetch={false} className="rounded-sm hover:underline">
      <span className="font-normal text-muted">{serviceProvider.name} · </span>
      {name}
    </Link>
  );
}

function Mark({ state, month }: { readonly state: CoverageState; readonly month: Month }) {
  if (state === "not_expected") return <NotApplicable />;
  const mark = (
    <>
      {MARKS[state]}
      <span className="sr-only">{COVERAGE_NAMES[state]}</span>
    </>
  );
  const style = "inline-flex size-6 items-center justify-center rounded-sm hover:bg-sunken";
  return (
    <Link
      href={`/invoices?month=${month}`}
      prefetch={false}
      title={`${COVERAGE_NAMES[state]}, ${monthText(month)}`}
      className={style}
    >
      {mark}
      <span className="sr-only">, invoices of {monthText(month)}</span>
    </Link>
  );
}

function missingText(count: number, month: Month): string {
  if (count === 0) return `Nothing is missing for ${monthText(month)}`;
  return `${count} missing for ${monthText(month)}`;
}
