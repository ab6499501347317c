"use client";

import { useQuery } from "@tanstack/react-query";

import { History } from "@/components/audit/history";
import { AcceptanceForm } from "@/components/reconciliation/acceptance-form";
import { Why } from "@/components/reconciliation/reconciliation-table";
import { SideTables } from "@/components/reconciliation/side-tables";
import { Amount } from "@/components/ui/amount";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { reconciledContractQuery } from "@/lib/reconciliation/queries";

type ContractSheetProps = {
  readonly month: Month;
  readonly id: string;
  readonly mayExplain: boolean;
  readonly onClose: () => void;
};

/** One contract in one month: why its sides differ, and the rows that each side is made of. */
export function ContractSheet({ month, id, mayExplain, onClose }: ContractSheetProps) {
  const query = useQuery(reconciledContractQuery(month, id));
  const contract = query.data;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      width="wide"
      title={contract?.name ?? "Contract"}
      description={
        contract && (
          <>
            {contract.serviceProvider.name} · {monthText(month)} · difference{" "}
            <Amount value={contract.difference} withSign withCurrency className="font-bold text-ink" />
          </>
        )
      }
    >
      {query.isPending && <Skeleton className="h-64" />}
      {query.isError && (
        <ErrorState title="This contract could not be reconciled" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {contract && (
        <div className="flex flex-col gap-6">
          <section aria-labelledby="why" className="flex flex-col gap-3">
            <h3 id="why" className="font-bold">
              Why
            </h3>
            <Why contract={contract} />
            <AcceptanceForm
              key={`${contract.unexplained.minor} ${contract.state}`}
              month={month}
              contract={contract}
              mayExplain={mayExplain}
            />
          </section>
          <SideTables rows={contract.rows} />
          <History of={contract.kind} id={id} />
        </div>
      )}
    </Sheet>
  );
}
