"use client";

import { useState } from "react";

import { PLAN_KEYS, versionText } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToast } from "@/components/ui/toast";
import { approvalPath } from "@/lib/budgets/queries";
import type { BudgetVersion } from "@/lib/budgets/schema";
import { sendJson } from "@/lib/http/fetch";

/** Approves a version, which freezes it, or takes the approval back; asks first. */
export function ApproveButton({ version }: { readonly version: BudgetVersion }) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const draft = version.approvedAt === null;
  const save = useSave(
    () =>
      sendJson<BudgetVersion>(approvalPath(version.id), {
        method: draft ? "PUT" : "DELETE",
        version: version.version,
        ...(draft && { body: {} }),
      }),
    { invalidates: PLAN_KEYS },
  );
  const confirm = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        toast({ title: draft ? "The budget is approved" : "The budget is a draft again" });
        setAsking(false);
      },
      onError: (error) => {
        toast({ title: "Nothing was changed", description: error.message, tone: "danger" });
        setAsking(false);
      },
    });

  return (
    <>
      <Button onClick={() => setAsking(true)}>{draft ? "Approve" : "Take approval back"}</Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={draft ? "Approve and freeze this budget?" : "Take the approval back?"}
        confirmLabel={draft ? "Approve and freeze" : "Take approval back"}
        tone={draft ? "primary" : "danger"}
        busy={save.isPending}
        onConfirm={confirm}
      >
        {draft
          ? `${versionText(version)} is then what the year's costs are compared with, and nothing of it changes.`
          : `${versionText(version)} can be changed again, and no longer counts before other approved ones.`}
      </Confirm>
    </>
  );
}
