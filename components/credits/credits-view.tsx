"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";

import { CreditForm } from "@/components/credits/credit-form";
import { CreditSheet } from "@/components/credits/credit-sheet";
import { CreditTable } from "@/components/credits/credit-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { creditGrantsQuery } from "@/lib/credit-grants/queries";
import type { Currency } from "@/lib/domain/currency";

type CreditsViewProps = { readonly currency: Currency; readonly mayWrite: boolean };

/** Credit at the providers: what each paid for, what is left, and until when. */
export function CreditsView({ currency, mayWrite }: CreditsViewProps) {
  const grants = useQuery(creditGrantsQuery());
  const [openId, open] = useAddressParam("credit");
  const [dirty, setDirty] = useState(false);
  if (grants.isPending) return <Skeleton className="h-96" />;
  if (grants.isError) {
    return (
      <ErrorState title="The credits could not be read" onRetry={() => grants.refetch()}>
        {grants.error.message}
      </ErrorState>
    );
  }
  const opened = grants.data.find(({ id }) => id === openId);

  return (
    <>
      <PageHeader
        title="Credits"
        parent={{ href: "/api-accounts", label: "API accounts" }}
        actions={
          mayWrite && (
            <Button variant="primary" onClick={() => open("new")}>
              <Plus aria-hidden />
              Add credit
            </Button>
          )
        }
      />
      <Card flush label="Credits">
        {grants.data.length > 0 ? (
          <CreditTable grants={grants.data} openId={openId} onOpen={open} />
        ) : (
          <EmptyState
            title="No credits yet"
            actions={mayWrite && <Button onClick={() => open("new")}>Add a credit</Button>}
          >
            Prepaid credit, start-up credits and what a plan includes. Bought credit costs as it is drawn, not
            when it is bought; use that given credit covers costs nothing.
          </EmptyState>
        )}
      </Card>
      {opened && (
        <CreditSheet
          key={opened.id}
          grant={opened}
          currency={currency}
          mayWrite={mayWrite}
          onClose={() => open(null)}
        />
      )}
      <Sheet
        open={openId === "new" && mayWrite}
        onOpenChange={(next) => !next && open(null)}
        title="Add credit"
        dirty={dirty}
      >
        <CreditForm
          currency={currency}
          onDirty={setDirty}
          onSaved={(saved) => {
            setDirty(false);
            open(saved.id);
          }}
        />
      </Sheet>
    </>
  );
}
