"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { askedIds } from "@/components/scenarios/asked";
import { Proposals } from "@/components/scenarios/proposals";
import { ScenarioForm } from "@/components/scenarios/scenario-form";
import { ScenarioPage } from "@/components/scenarios/scenario-page";
import { ScenarioTable } from "@/components/scenarios/scenario-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { Month } from "@/lib/domain/month";
import { scenariosQuery } from "@/lib/scenarios/queries";

type ScenariosViewProps = {
  readonly running: Month;
  readonly mayWrite: boolean;
};

const NEW = "new";

/** What would be if: the scenarios that somebody made, or one of them with what it comes to. */
export function ScenariosView({ running, mayWrite }: ScenariosViewProps) {
  const scenarios = useQuery(scenariosQuery());
  const [openId, setOpen] = useAddressParam("scenario");
  const [beside] = useAddressParam("with");
  const [dirty, setDirty] = useState(false);
  if (scenarios.isPending) return <Skeleton className="h-64" />;
  if (scenarios.isError) {
    return (
      <ErrorState title="The scenarios could not be read" onRetry={() => scenarios.refetch()}>
        {scenarios.error.message}
      </ErrorState>
    );
  }
  const { id, others } = askedIds(openId, beside, scenarios.data);
  const open = scenarios.data.find((scenario) => scenario.id === id);
  if (open) {
    return (
      <ScenarioPage
        key={open.id}
        scenario={open}
        all={scenarios.data}
        others={others}
        running={running}
        mayWrite={mayWrite}
      />
    );
  }
  const make = mayWrite && (
    <Button variant="primary" onClick={() => setOpen(NEW)}>
      Make a scenario
    </Button>
  );
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="max-w-prose text-muted">
          What would each line cost with fewer seats, another plan or price, a smaller model, a cache, batches
          or more traffic? A scenario stands beside the forecast. Nothing real changes.
        </p>
        {scenarios.data.length > 0 && make}
      </div>
      <Card flush label="Scenarios">
        {scenarios.data.length === 0 ? (
          <EmptyState title="No scenarios yet" actions={make || undefined}>
            Whoever asks “what if we moved this work to a smaller model?” gets the answer month by month, and
            can send its address to whoever decides.
          </EmptyState>
        ) : (
          <ScenarioTable scenarios={scenarios.data} />
        )}
      </Card>
      <Proposals mayWrite={mayWrite} onMade={(made) => setOpen(made.id)} />
      {openId === NEW && mayWrite && (
        <Sheet
          open
          onOpenChange={(next) => !next && setOpen(null)}
          title="Make a scenario"
          width="wide"
          dirty={dirty}
        >
          <ScenarioForm onDirty={setDirty} onSaved={(made) => setOpen(made.id)} />
        </Sheet>
      )}
    </div>
  );
}
