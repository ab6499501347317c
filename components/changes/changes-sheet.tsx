"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { EntriesSheet } from "@/components/budget/entries-sheet";
import { ChangesTable } from "@/components/changes/changes-table";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { changesQuery } from "@/lib/changes/queries";
import { type ChangedThing, entriesOf } from "@/lib/changes/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";

type ChangesSheetProps = { readonly purpose: Purpose; readonly month: Month; readonly onClose: () => void };

/** Why a line costs more or less than in the month before, to the cent; every amount leads to its entries. */
export function ChangesSheet({ purpose, month, onClose }: ChangesSheetProps) {
  const query = useQuery(changesQuery(month));
  const [entries, setEntries] = useState<{ thing: ChangedThing & { name: string }; month: Month } | null>(
    null,
  );
  const line = query.data?.lines.find((one) => one.purpose === purpose);

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={`What changed in ${PURPOSE_NAMES[purpose].toLowerCase()}`}
      description={query.data && `${monthText(month)} beside ${monthText(query.data.earlier)}`}
    >
      {query.isPending && <Skeleton className="h-64" />}
      {query.isError && (
        <ErrorState
          title="What changed could not be read"
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        >
          {query.error.message}
        </ErrorState>
      )}
      {query.data && !line && <p>Nothing was charged in either month.</p>}
      {query.data && line && (
        <div className="flex flex-col gap-4">
          <p>{line.text}</p>
          {!query.data.complete && (
            <p className="text-muted">
              The month is not over: metered cost is what is known so far, seats count for the whole month.
            </p>
          )}
          <ChangesTable
            line={line}
            month={month}
            earlier={query.data.earlier}
            onOpen={(thing, of) => setEntries({ thing, month: of })}
          />
        </div>
      )}
      {entries && (
        <EntriesSheet
          title={`${entries.thing.name}, ${monthText(entries.month)}`}
          filter={{ ...entriesOf(entries.thing), purpose, month: entries.month }}
          onClose={() => setEntries(null)}
        />
      )}
    </Sheet>
  );
}
