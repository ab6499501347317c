"use client";

import { useQuery } from "@tanstack/react-query";

import { ApproveButton } from "@/components/plan/approve-button";
import { DiscardButton } from "@/components/plan/discard-button";
import { PlanBoard } from "@/components/plan/plan-board";
import { chosenVersion } from "@/components/plan/plan-choice";
import { stateText, versionText } from "@/components/plan/plan-words";
import { ThresholdsSheet } from "@/components/plan/thresholds-sheet";
import { VersionForm } from "@/components/plan/version-form";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { gridQuery, versionsQuery } from "@/lib/budgets/queries";
import type { Month } from "@/lib/domain/month";

type PlanViewProps = {
  /** The first month of the fiscal year that runs. */
  readonly thisYear: Month;
  /** Begins versions and approves them. */
  readonly mayApprove: boolean;
  /** Plans and watches at least the teams that they lead. */
  readonly mayWrite: boolean;
};

/** A year's budget as a grid, in the version that was chosen. */
export function PlanView({ thisYear, mayApprove, mayWrite }: PlanViewProps) {
  const versions = useQuery(versionsQuery());
  const [versionId, setVersion] = useAddressParam("version");
  const [adding, setAdding] = useAddressParam("new");
  const [alerts, setAlerts] = useAddressParam("alerts");
  const chosen = chosenVersion(versions.data ?? [], versionId, thisYear);

  return (
    <>
      <PageHeader
        title="Plan the budget"
        {...(chosen && { note: stateText(chosen) })}
        parent={{ href: "/budget", label: "Budget" }}
        actions={
          chosen && (
            <>
              <div className="w-64 max-w-full">
                <Select
                  aria-label="Version"
                  value={chosen.id}
                  onChange={({ target }) => setVersion(target.value)}
                  options={(versions.data ?? []).map((version) => ({
                    value: version.id,
                    label: versionText(version),
                  }))}
                />
              </div>
              {mayApprove && <ApproveButton version={chosen} />}
              {mayApprove && chosen.approvedAt === null && (
                <DiscardButton key={chosen.id} version={chosen} onDone={() => setVersion(null)} />
              )}
              {mayApprove && <Button onClick={() => setAdding("1")}>New version</Button>}
              <Button onClick={() => setAlerts("1")}>Alerts</Button>
            </>
          )
        }
      />
      {versions.isPending && <Skeleton className="h-96" />}
      {versions.isError && (
        <ErrorState title="The budgets could not be read" onRetry={() => versions.refetch()}>
          {versions.error.message}
        </ErrorState>
      )}
      {versions.data && !chosen && <NoVersion {...(mayApprove && { onAdd: () => setAdding("1") })} />}
      {chosen && <Grid key={chosen.id} versionId={chosen.id} />}
      {alerts !== null && (
        <ThresholdsSheet rights={{ all: mayApprove, teams: mayWrite }} onClose={() => setAlerts(null)} />
      )}
      {adding !== null && mayApprove && versions.data && (
        <Sheet open onOpenChange={(open) => !open && setAdding(null)} title="New version">
          <VersionForm
            versions={versions.data}
            thisYear={thisYear}
            onSaved={({ id }) => {
              setAdding(null);
              setVersion(id);
            }}
          />
        </Sheet>
      )}
    </>
  );
}

function Grid({ versionId }: { readonly versionId: string }) {
  const grid = useQuery(gridQuery(versionId));
  if (grid.isPending) return <Skeleton className="h-96" />;
  if (grid.isError) {
    return (
      <ErrorState title="The budget could not be read" onRetry={() => grid.refetch()}>
        {grid.error.message}
      </ErrorState>
    );
  }
  return <PlanBoard grid={grid.data} />;
}

function NoVersion({ onAdd }: { readonly onAdd?: () => void }) {
  return (
    <Card>
      <EmptyState
        title="No budget yet"
        actions={
          onAdd && (
            <Button variant="primary" onClick={onAdd}>
              Plan a year
            </Button>
          )
        }
      >
        Plan what each team and product may cost, month by month. The budget page then says what is left.
        {!onAdd && " Finance begins a year's budget."}
      </EmptyState>
    </Card>
  );
}
