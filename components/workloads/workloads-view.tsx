"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { WorkloadForm } from "@/components/workloads/workload-form";
import { WorkloadSheet } from "@/components/workloads/workload-sheet";
import { WorkloadTable } from "@/components/workloads/workload-table";
import type { Currency } from "@/lib/domain/currency";
import { workloadsQuery } from "@/lib/workloads/queries";

type WorkloadsViewProps = { readonly currency: Currency; readonly mayWrite: boolean };

const NEW = "new";

/** API or seat, for each workload that somebody described: the verdict, why, and what each side would cost. */
export function WorkloadsView({ currency, mayWrite }: WorkloadsViewProps) {
  const workloads = useQuery(workloadsQuery());
  const [openId, setOpen] = useAddressParam("workload");
  const [dirty, setDirty] = useState(false);
  if (workloads.isPending) return <Skeleton className="h-64" />;
  if (workloads.isError) {
    return (
      <ErrorState title="The workloads could not be read" onRetry={() => workloads.refetch()}>
        {workloads.error.message}
      </ErrorState>
    );
  }
  const open = workloads.data.find(({ id }) => id === openId);
  const describe = mayWrite && (
    <Button variant="primary" onClick={() => setOpen(NEW)}>
      Describe a workload
    </Button>
  );

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="max-w-prose text-muted">
          Describe what you want to do: who watches it, what it needs, how it runs, and how much. The answers
          say whether it belongs on the API, on seats, or on both.
        </p>
        {workloads.data.length > 0 && describe}
      </div>
      <Card flush>
        {workloads.data.length === 0 ? (
          <EmptyState title="No workloads yet" actions={describe || undefined}>
            The next person who asks “a seat or the API?” sees what was decided here, and why.
          </EmptyState>
        ) : (
          <WorkloadTable workloads={workloads.data} currency={currency} openId={openId} onOpen={setOpen} />
        )}
      </Card>
      {openId === NEW && mayWrite && (
        <Sheet
          open
          onOpenChange={(next) => !next && setOpen(null)}
          title="Describe a workload"
          width="wide"
          dirty={dirty}
        >
          <WorkloadForm onDirty={setDirty} onSaved={({ id }) => setOpen(id)} />
        </Sheet>
      )}
      {open && (
        <WorkloadSheet key={open.id} workload={open} mayWrite={mayWrite} onClose={() => setOpen(null)} />
      )}
    </div>
  );
}
