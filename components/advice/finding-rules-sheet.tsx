"use client";

import { useQuery } from "@tanstack/react-query";

import { FindingRulesForm } from "@/components/advice/finding-rules-form";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { findingRulesQuery } from "@/lib/findings/queries";

type FindingRulesSheetProps = { readonly mayWrite: boolean; readonly onClose: () => void };

/** What is looked for, and from where on it is a finding; the owner sets it. */
export function FindingRulesSheet({ mayWrite, onClose }: FindingRulesSheetProps) {
  const rules = useQuery(findingRulesQuery());
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Rules"
      description="What is looked for, and from where on it is a finding"
    >
      {rules.isPending && <Skeleton className="h-96" />}
      {rules.isError && (
        <ErrorState title="The rules could not be read" onRetry={() => rules.refetch()}>
          {rules.error.message}
        </ErrorState>
      )}
      {rules.data && <FindingRulesForm rules={rules.data} mayWrite={mayWrite} onSaved={onClose} />}
    </Sheet>
  );
}
