"use client";

import { useState } from "react";

import { type Opened, ProofRow } from "@/components/advice/finding-proof";
import { EntriesSheet } from "@/components/budget/entries-sheet";
import { Column, Table, TableHead } from "@/components/ui/table";
import { UsageRowsSheet } from "@/components/usage/usage-rows-sheet";
import type { Finding } from "@/lib/findings/schema";

type FindingEvidenceProps = {
  readonly finding: Finding;
  /** Whether the reader may open API accounts. */
  readonly mayReadAccounts: boolean;
};

/** The rows of the books that prove a finding; each leads to what it is made of. */
export function FindingEvidence({ finding, mayReadAccounts }: FindingEvidenceProps) {
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <section aria-labelledby="finding-evidence">
      <h3 id="finding-evidence" className="mb-1 font-bold">
        Evidence, {finding.amount.currency}
      </h3>
      <div className="-mx-4">
        <Table caption={`Evidence of the finding, in ${finding.amount.currency}`} divided>
          <TableHead>
            <tr>
              <Column>What</Column>
              <Column>When</Column>
              <Column figures>A month</Column>
            </tr>
          </TableHead>
          <tbody>
            {finding.evidence.map((proof, index) => (
              <ProofRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one finding do not move.
                key={index}
                proof={proof}
                mayReadAccounts={mayReadAccounts}
                onOpen={setOpened}
              />
            ))}
          </tbody>
        </Table>
      </div>
      {opened?.kind === "entries" && (
        <EntriesSheet title={opened.title} filter={opened.filter} onClose={() => setOpened(null)} />
      )}
      {opened?.kind === "usage" && (
        <UsageRowsSheet
          title={opened.title}
          asked={opened.asked}
          withoutPeople={false}
          onClose={() => setOpened(null)}
        />
      )}
    </section>
  );
}
