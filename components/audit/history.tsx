"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useId, useState } from "react";

import { ChangesTable } from "@/components/audit/changes-table";
import { useMayReadHistory } from "@/components/audit/history-reader";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { useLocale } from "@/components/ui/reader";
import { Skeleton } from "@/components/ui/skeleton";
import { RowToggle } from "@/components/ui/table";
import { historyQuery } from "@/lib/audit/queries";
import type { AuditEvent, HistoryRecord } from "@/lib/audit/schema";
import { auditChanges, auditSentence } from "@/lib/domain/audit-words";
import { instantText } from "@/lib/domain/date-text";

type HistoryProps = { readonly of: HistoryRecord; readonly id: string };

/** Who changed a record and what hangs on it, the last change first; nothing for whoever may not know. */
export function History({ of, id }: HistoryProps) {
  return useMayReadHistory() ? <Events of={of} id={id} /> : null;
}

function Events({ of: targetType, id: targetId }: HistoryProps) {
  const id = useId();
  const query = useInfiniteQuery(historyQuery({ targetType, targetId }));
  const events = query.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h3 id={id} className="font-bold">
        History
      </h3>
      {query.isPending && <Skeleton className="h-16" />}
      {query.isError && (
        <ErrorState title="The history could not be read" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {query.data &&
        (events.length === 0 ? (
          <p className="text-muted">Nothing is in the trail about it.</p>
        ) : (
          <div className="overflow-clip rounded-lg border border-line">
            <ol className="divide-y divide-line">
              {events.map((event) => (
                <Event key={event.id} event={event} />
              ))}
            </ol>
            <LoadMore
              shown={events.length}
              noun="changes"
              hasMore={query.hasNextPage}
              loading={query.isFetchingNextPage}
              onMore={() => query.fetchNextPage()}
            />
          </div>
        ))}
    </section>
  );
}

function Event({ event }: { readonly event: AuditEvent }) {
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const changes = auditChanges(event, locale);
  const sentence = (
    <span className="min-w-0">
      <span className="font-medium">{actorName(event)}</span> {auditSentence(event, locale)}
    </span>
  );
  return (
    <li className="flex flex-col gap-2 px-4 py-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        {changes.length > 0 ? (
          <RowToggle open={open} onToggle={() => setOpen(!open)}>
            {sentence}
          </RowToggle>
        ) : (
          <span className="pl-5">{sentence}</span>
        )}
        <time dateTime={event.at} className="whitespace-nowrap text-muted text-small">
          {instantText(event.at)}
        </time>
      </div>
      {open && <ChangesTable changes={changes} />}
    </li>
  );
}

/** Who it was: a person, somebody whom the reader does not see, somebody who was erased, or nobody. */
export function actorName({ actor }: AuditEvent): string {
  if (actor === null) return "Twoline";
  return actor.name ?? (actor.withheld ? "Somebody outside your teams" : "Somebody who was erased");
}
