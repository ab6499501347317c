"use client";

import { useQuery } from "@tanstack/react-query";

import { ChecklistCard } from "@/components/closing/checklist-card";
import { monthAsked } from "@/components/closing/period-rows";
import { PeriodsCard } from "@/components/closing/periods-card";
import { useAddressParam } from "@/components/shell/use-address";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { checklistQuery, periodsQuery } from "@/lib/closing/queries";
import { monthText } from "@/lib/domain/date-text";
import { shiftMonth } from "@/lib/domain/month";

type ClosingViewProps = { readonly userId: string; readonly mayClose: boolean };

/** The months of the books: what is to be done before the next one is closed, and those that are. */
export function ClosingView({ userId, mayClose }: ClosingViewProps) {
  const periods = useQuery(periodsQuery());
  const [asked, setAsked] = useAddressParam("period");
  const data = periods.data?.data ?? [];
  const month = monthAsked(asked, data);
  const checklist = useQuery({ ...checklistQuery(month ?? ""), enabled: month !== null });
  const running = data.find(({ state }) => state === "running")?.month;

  return (
    <>
      <PageHeader
        title="Close"
        note="A closed month never changes; what comes later is booked as a correction."
      />
      <div className="flex flex-col gap-3">
        {month === null && running !== undefined && (
          <Card>
            <EmptyState title="Every month that is over is closed">
              {monthText(running)} can be closed from 1 {monthText(shiftMonth(running, 1))}.
            </EmptyState>
          </Card>
        )}
        {month !== null && checklist.isPending && <Skeleton className="h-64" />}
        {(periods.error ?? checklist.error) && (
          <ErrorState
            title="The months could not be read"
            onRetry={() => Promise.all([periods.refetch(), checklist.refetch()])}
          >
            {(periods.error ?? checklist.error)?.message}
          </ErrorState>
        )}
        {month !== null && checklist.data && (
          <ChecklistCard key={month} checklist={checklist.data} userId={userId} mayClose={mayClose} />
        )}
        <PeriodsCard periods={data} shown={month} mayClose={mayClose} onShow={setAsked} />
      </div>
    </>
  );
}
