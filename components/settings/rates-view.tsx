"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EcbImport } from "@/components/settings/ecb-import";
import { MissingRates } from "@/components/settings/missing-rates";
import { RateForm } from "@/components/settings/rate-form";
import { RateRow } from "@/components/settings/rate-row";
import { SettingsSection } from "@/components/settings/settings-section";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { useToday } from "@/components/ui/reader";
import { Skeleton } from "@/components/ui/skeleton";
import { Column, Table, TableHead } from "@/components/ui/table";
import { missingRatesQuery, ratesQuery } from "@/lib/rates/queries";
import type { MissingRate } from "@/lib/rates/schema";

type RatesViewProps = {
  readonly mayWrite: boolean;
  /** What is missing concerns all the books. */
  readonly maySeeMissing: boolean;
  readonly baseCurrency: string;
};

/** The rates that turn other currencies into the currency of the books, day by day. */
export function RatesView({ mayWrite, maySeeMissing, baseCurrency }: RatesViewProps) {
  const today = useToday();
  const rates = useInfiniteQuery(ratesQuery());
  const missing = useQuery({ ...missingRatesQuery(), enabled: maySeeMissing });
  const [importing, setImporting] = useState(false);
  const [wanted, setWanted] = useState<MissingRate | null>(null);
  if (rates.isPending) return <Skeleton className="h-64" />;
  if (rates.isError) {
    return (
      <ErrorState title="The rates could not be read" onRetry={() => rates.refetch()}>
        {rates.error.message}
      </ErrorState>
    );
  }
  const rows = rates.data.pages.flatMap(({ data }) => data);

  return (
    <SettingsSection
      title="Exchange rates"
      note={`What is billed in another currency counts in ${baseCurrency} at the last rate on or before its day, at most seven days old.`}
      actions={mayWrite && <Button onClick={() => setImporting(true)}>Take rates of the ECB</Button>}
    >
      <div className="flex flex-col gap-4">
        {missing.data && missing.data.length > 0 && (
          <MissingRates missing={missing.data} {...(mayWrite && { onEnter: setWanted })} />
        )}
        <Card flush className="max-w-4xl">
          {mayWrite && (
            <div data-print="hide" className="border-line border-b px-4 py-3">
              <RateForm
                key={wanted ? `${wanted.from} ${wanted.date}` : "any"}
                start={{
                  date: wanted?.date ?? today,
                  from: wanted?.from ?? null,
                  to: wanted?.to ?? baseCurrency,
                }}
                atOnce={wanted !== null}
                onSaved={() => setWanted(null)}
              />
            </div>
          )}
          {rows.length > 0 ? (
            <>
              <Table caption="Exchange rates" divided>
                <TableHead>
                  <tr>
                    <Column pinned>Day</Column>
                    <Column figures>Rate</Column>
                    <Column>Source</Column>
                  </tr>
                </TableHead>
                <tbody>
                  {rows.map((rate) => (
                    <RateRow key={`${rate.id} ${rate.version}`} rate={rate} mayWrite={mayWrite} />
                  ))}
                </tbody>
              </Table>
              <LoadMore
                shown={rows.length}
                noun="rates"
                hasMore={rates.hasNextPage}
                loading={rates.isFetchingNextPage}
                onMore={() => rates.fetchNextPage()}
              />
            </>
          ) : (
            <EmptyState title="No rates yet">
              You need one only when something is billed in another currency than {baseCurrency}.
            </EmptyState>
          )}
        </Card>
      </div>
      {mayWrite && <EcbImport open={importing} onClose={() => setImporting(false)} />}
    </SettingsSection>
  );
}
