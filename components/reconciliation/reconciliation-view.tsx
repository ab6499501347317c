"use client";

import { useQuery } from "@tanstack/react-query";

import { BridgeCard } from "@/components/budget/bridge-card";
import { ContractSheet } from "@/components/reconciliation/contract-sheet";
import { ReconciliationTable } from "@/components/reconciliation/reconciliation-table";
import { useKeepMonth, useMonth } from "@/components/shell/period";
import { useAddressParam } from "@/components/shell/use-address";
import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { bridgeQuery } from "@/lib/ledger/queries";
import { reconciliationQuery } from "@/lib/reconciliation/queries";
import type { Reconciliation } from "@/lib/reconciliation/schema";

type ReconciliationViewProps = { readonly currentMonth: Month; readonly mayExplain: boolean };

/** What each contract was foreseen to cost in a month, was billed and paid, and why they differ. */
export function ReconciliationView({ currentMonth, mayExplain }: ReconciliationViewProps) {
  const month = useMonth(currentMonth);
  const keepMonth = useKeepMonth();
  const [openId, open] = useAddressParam("contract");
  const query = useQuery(reconciliationQuery(month));
  const bridge = useQuery(bridgeQuery(month));
  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        title="Reconciliation"
        note={query.data && <Standing reconciliation={query.data} />}
        parent={{ href: keepMonth("/invoices"), label: "Invoices" }}
      />
      {query.isPending && <Skeleton className="h-64" />}
      {query.isError && (
        <ErrorState title="The month could not be reconciled" onRetry={() => query.refetch()}>
          {query.error.message}
        </ErrorState>
      )}
      {query.data && (
        <Card flush label={`Contracts of ${monthText(month)}`}>
          {query.data.contracts.length > 0 ? (
            <ReconciliationTable reconciliation={query.data} openId={openId} onOpen={open} />
          ) : (
            <EmptyState title={`Nothing to reconcile in ${monthText(month)}`}>
              What seats should cost, what was used, billed and paid stands here, contract by contract.
            </EmptyState>
          )}
        </Card>
      )}
      {bridge.data && <BridgeCard bridge={bridge.data} />}
      {openId !== null && (
        <ContractSheet
          key={openId}
          month={month}
          id={openId}
          mayExplain={mayExplain}
          onClose={() => open(null)}
        />
      )}
    </div>
  );
}

/** How many differences are left to explain, and what is accepted by itself. */
function Standing({ reconciliation: { contracts, tolerance } }: { readonly reconciliation: Reconciliation }) {
  const left = contracts.filter(({ state }) => state === "unexplained").length;
  const tolerated = contracts.filter(({ state }) => state === "tolerated").length;
  const open = left === 1 ? "1 difference to explain" : `${left} differences to explain`;
  return (
    <p>
      {left === 0 ? "Every difference is explained" : open}
      {tolerated > 0 && `, ${tolerated} within tolerance`}. Up to{" "}
      <Amount value={tolerance.amount} withCurrency /> or {tolerance.perMille} ‰ of what was billed is
      accepted by itself.
    </p>
  );
}
