"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { PLAN_KEYS, versionText } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToast } from "@/components/ui/toast";
import { versionPath, versionsQuery } from "@/lib/budgets/queries";
import type { BudgetVersion } from "@/lib/budgets/schema";
import { sendJson } from "@/lib/http/fetch";

type DiscardButtonProps = { readonly version: BudgetVersion; readonly onDone: () => void };

/** Throws a draft away; asks first. */
export function DiscardButton({ version, onDone }: DiscardButtonProps) {
  const toast = useToast();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const save = useSave(
    async () => {
      await sendJson(versionPath(version.id), { method: "DELETE", version: version.version });
      // Off the page first, so that nothing asks for what is gone.
      client.setQueryData(versionsQuery().queryKey, (versions) =>
        versions?.filter(({ id }) => id !== version.id),
      );
      onDone();
    },
    { invalidates: PLAN_KEYS },
  );
  // Another version takes this one's place before it could say so by itself.
  const confirm = () =>
    save.mutateAsync(undefined).then(
      () => toast({ title: "The draft is thrown away" }),
      (error: Error) => {
        toast({ title: "Nothing was changed", description: error.message, tone: "danger" });
        setAsking(false);
      },
    );

  return (
    <>
      <Button onClick={() => setAsking(true)}>Throw away</Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Throw this draft away?"
        confirmLabel="Throw away"
        tone="danger"
        busy={save.isPending}
        onConfirm={confirm}
      >
        {`${versionText(version)} and all that it plans are gone then. The audit trail keeps what it planned.`}
      </Confirm>
    </>
  );
}
