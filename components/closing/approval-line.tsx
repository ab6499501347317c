"use client";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { approveMonth, withdrawApproval } from "@/lib/closing/queries";
import type { Approval } from "@/lib/closing/schema";
import { instantText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type ApprovalLineProps = {
  readonly month: Month;
  readonly approval: Approval | null;
  readonly userId: string;
  readonly mayClose: boolean;
};

/** Whether a second person approved, where the organization asks for one. */
export function ApprovalLine({ month, approval, userId, mayClose }: ApprovalLineProps) {
  const save = useSave((approve: boolean) => (approve ? approveMonth(month) : withdrawApproval(month)), {
    invalidates: [["periods"]],
  });
  const own = approval?.approvedBy.id === userId;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-t px-4 py-2">
      <p>
        {approval === null
          ? "Two people close a month: one approves, another closes."
          : `Approved by ${approval.approvedBy.name}, ${instantText(approval.approvedAt)}.`}
        {own && " Somebody else closes it now."}
        {save.error && <span className="text-danger"> {save.error.message}</span>}
      </p>
      {mayClose && (approval === null || own) && (
        <Button size="small" busy={save.isPending} onClick={() => save.mutate(approval === null)}>
          {approval === null ? `Approve ${monthText(month)}` : "Take back"}
        </Button>
      )}
    </div>
  );
}
