"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { allTokens, COST_KIND_NAMES, costText, tokensText } from "@/components/usage/usage-words";
import { dateText } from "@/lib/domain/date-text";
import { type UsageRowsAsked, usageRowsQuery } from "@/lib/usage/queries";

type UsageRowsSheetProps = {
  readonly title: string;
  readonly asked: UsageRowsAsked;
  /** The organization does not show what one person used. */
  readonly withoutPeople: boolean;
  readonly onClose: () => void;
};

/** The rows behind a figure, as the files told them. */
export function UsageRowsSheet({ title, asked, withoutPeople, onClose }: UsageRowsSheetProps) {
  const rows = useInfiniteQuery(usageRowsQuery(asked));
  const list = rows.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Sheet
      open
      onOpenChange={(next) => !next && onClose()}
      title={title}
      description="Rows of usage, as the files told them"
      width="wide"
    >
      {withoutPeople && (
        <p className="pb-3 text-muted">
          Without the rows of other people: this organization does not show what one person used.
        </p>
      )}
      {rows.isError && (
        <ErrorState title="The rows could not be read" onRetry={() => rows.refetch()}>
          {rows.error.message}
        </ErrorState>
      )}
      {rows.isSuccess && list.length === 0 && (
        <EmptyState title="No rows to show">What makes up this figure is not shown row by row.</EmptyState>
      )}
      {rows.isPending && <Skeleton className="h-64" />}
      {list.length > 0 && (
        <Table caption={`Rows of ${title}`} scroll="frame" divided>
          <TableHead>
            <tr>
              <Column pinned>Day</Column>
              <Column>Where</Column>
              <Column>Model</Column>
              <Column figures>Tokens</Column>
              <Column figures>Cost</Column>
              <Column>Counts as</Column>
            </tr>
          </TableHead>
          <tbody>
            {list.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows are in a fixed order and have no id of their own.
              <Row key={index}>
                <RowHead pinned className="font-normal text-ink">
                  {dateText(row.day)}
                  {row.spreadDays > 1 && (
                    <span className="text-muted text-small"> share of {row.spreadDays} days</span>
                  )}
                </RowHead>
                <Cell>
                  {row.serviceProvider}
                  {row.identity && ` · ${row.identity}`}
                </Cell>
                <Cell className="text-muted">{row.model}</Cell>
                <Cell figures>{tokensText(allTokens(row.tokens))}</Cell>
                <Cell figures>
                  {row.cost === null ? (
                    <span className="text-warning">price unknown</span>
                  ) : (
                    `${costText(row.cost)} ${row.currency}`
                  )}
                </Cell>
                <Cell className="text-muted">{COST_KIND_NAMES[row.costKind]}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {list.length > 0 && (
        <LoadMore
          shown={list.length}
          noun="rows"
          hasMore={rows.hasNextPage}
          loading={rows.isFetchingNextPage}
          onMore={() => rows.fetchNextPage()}
        />
      )}
    </Sheet>
  );
}
