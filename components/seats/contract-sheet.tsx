"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { History } from "@/components/audit/history";
import { ContractHeader } from "@/components/seats/contract-header";
import { Holders } from "@/components/seats/holders";
import type { SeatRights } from "@/components/seats/seats-view";
import { Terms } from "@/components/seats/terms";
import type { SeatChoices } from "@/components/seats/use-seat-choices";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { subscriptionQuery } from "@/lib/subscriptions/queries";

type ContractSheetProps = {
  readonly id: string;
  readonly choices: SeatChoices;
  readonly rights: SeatRights;
  readonly withTeams: boolean;
  readonly onClose: () => void;
};

/** A contract: what was bought from which day on, and who holds what, when. */
export function ContractSheet({ id, choices, rights, withTeams, onClose }: ContractSheetProps) {
  const query = useQuery(subscriptionQuery(id));
  const [dirty, setDirty] = useState(false);
  const contract = query.data;
  const mayWrite =
    rights.write &&
    contract !== undefined &&
    (rights.onlyTeamIds === null || rights.onlyTeamIds.includes(contract.team.id));

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={contract?.name ?? "Contract"}
      description={
        contract && `${contract.serviceProvider.name}${withTeams ? ` · ${contract.team.name}` : ""}`
      }
      width="wide"
      dirty={dirty}
    >
      {query.isPending && <Skeleton className="h-64" />}
      {query.isError && (
        <ErrorState title="This contract could not be read" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {contract && (
        <div className="flex flex-col gap-6">
          <Terms contract={contract} plans={choices.plans} mayWrite={mayWrite} />
          <Holders contract={contract} members={choices.members} mayWrite={mayWrite} />
          <ContractHeader
            key={contract.version}
            contract={contract}
            choices={choices}
            mayWrite={mayWrite}
            onDirty={setDirty}
          />
          <History of="subscription" id={id} />
        </div>
      )}
    </Sheet>
  );
}
