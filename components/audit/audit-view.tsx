"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { TrailFilters, useTrailFilter } from "@/components/audit/trail-filters";
import { TrailTable } from "@/components/audit/trail-table";
import { VerificationCard } from "@/components/audit/verification-card";
import { SettingsSection } from "@/components/settings/settings-section";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { auditAsked, auditQuery } from "@/lib/audit/queries";

/** Who changed what, when, and what was there before. */
export function AuditView() {
  const filter = useTrailFilter();
  const trail = useInfiniteQuery(auditQuery(auditAsked(filter.values)));
  const events = trail.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <SettingsSection
      title="Audit trail"
      note="Every change of the books, by whom and when. Nobody can change it; names are those of today."
    >
      <div className="flex flex-col gap-4">
        <VerificationCard />
        <TrailFilters filter={filter} />
        {trail.isPending && <Skeleton className="h-96" />}
        {trail.isError && (
          <ErrorState title="The trail could not be read" onRetry={() => trail.refetch()}>
            {trail.error.message}
          </ErrorState>
        )}
        {trail.data && (
          <Card flush>
            {events.length === 0 ? (
              <EmptyState title="Nothing found">No change fits what you asked for.</EmptyState>
            ) : (
              <>
                <TrailTable events={events} />
                <LoadMore
                  shown={events.length}
                  noun="changes"
                  hasMore={trail.hasNextPage}
                  loading={trail.isFetchingNextPage}
                  onMore={() => trail.fetchNextPage()}
                />
              </>
            )}
          </Card>
        )}
      </div>
    </SettingsSection>
  );
}
