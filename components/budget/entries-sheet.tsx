"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { EntryRow } from "@/components/budget/entry-row";
import { Amount } from "@/components/ui/amount";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Column, Table, TableHead } from "@/components/ui/table";
import { ledgerQuery } from "@/lib/ledger/queries";

type EntriesSheetProps = {
  /** Whose entries: "Developer leverage, Anthropic, October 2026". */
  readonly title: string;
  readonly filter: Readonly<Record<string, string>>;
  readonly onClose: () => void;
};

/** The ledger entries that add up to an amount, each leading to its invoice or seat. */
export function EntriesSheet({ title, filter, onClose }: EntriesSheetProps) {
  const entries = useInfiniteQuery(ledgerQuery(filter));
  const pages = entries.data?.pages ?? [];
  const rows = pages.flatMap(({ data }) => data);
  const [first] = pages;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={
        first && (
          <>
            <Amount value={first.total} withCurrency className="font-bold text-ink" /> in {first.count}{" "}
            {first.count === 1 ? "entry" : "entries"}
          </>
        )
      }
    >
      {entries.isPending && <Skeleton className="h-64" />}
      {entries.isError && (
        <ErrorState
          title="The entries could not be read"
          onRetry={() => entries.refetch()}
          retrying={entries.isFetching}
        >
          {entries.error.message}
        </ErrorState>
      )}
      {first && rows.length === 0 && (
        <EmptyState title="No entries">No invoice and no seat counts here.</EmptyState>
      )}
      {first && rows.length > 0 && (
        <div className="-mx-5">
          <Table caption={`Entries of ${title} in ${first.total.currency}`} divided>
            <TableHead>
              <tr>
                <Column>Entry</Column>
                <Column figures className="w-0">
                  {first.total.currency}
                </Column>
              </tr>
            </TableHead>
            <tbody>
              {rows.map((row) => (
                <EntryRow key={row.id} entry={row} />
              ))}
            </tbody>
          </Table>
          <LoadMore
            shown={rows.length}
            noun="entries"
            hasMore={entries.hasNextPage}
            loading={entries.isFetchingNextPage}
            onMore={() => entries.fetchNextPage()}
          />
        </div>
      )}
    </Sheet>
  );
}
