"use client";

import { Check, CircleDashed } from "lucide-react";

import { ApprovalLine } from "@/components/closing/approval-line";
import { ChecklistPoint } from "@/components/closing/checklist-point";
import { CLOSING_KEYS } from "@/components/closing/closing-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FieldError } from "@/components/ui/field";
import { Table } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { closeMonth } from "@/lib/closing/queries";
import type { Checklist, ChecklistItem, ChecklistKind } from "@/lib/closing/schema";
import { monthText } from "@/lib/domain/date-text";

/** What each part asks, and what it says when there is nothing to ask. */
const WORDS: Record<ChecklistKind, { readonly title: string; readonly done: string }> = {
  month_before: { title: "The month before is closed", done: "Nothing before it is open." },
  unclassified: { title: "Everything is classified", done: "Nothing is unclassified." },
  expected_invoice: { title: "Every expected invoice is here", done: "No invoice is missing." },
  difference: { title: "Every difference is explained", done: "No difference is left to explain." },
};

type ChecklistCardProps = {
  readonly checklist: Checklist;
  readonly userId: string;
  readonly mayClose: boolean;
};

/** What stands against closing a month, part by part, and the button that closes it. */
export function ChecklistCard({ checklist, userId, mayClose }: ChecklistCardProps) {
  const { month, items, complete, needsApproval, approval } = checklist;
  const toast = useToast();
  const name = monthText(month);
  const save = useSave(() => closeMonth(month), { invalidates: CLOSING_KEYS });
  // The next month's card takes this one's place before it could say so by itself; a refusal is shown below.
  const close = () =>
    save.mutateAsync(undefined).then(
      () => toast({ title: `${name} was closed` }),
      () => undefined,
    );
  const approved = !needsApproval || (approval !== null && approval.approvedBy.id !== userId);

  return (
    <Card flush labelledBy="checklist">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
        <div>
          <h2 id="checklist" className="font-bold text-title">
            {name}
          </h2>
          <p className="text-muted" role="status">
            {complete ? "Nothing stands against closing it." : leftText(items)}
          </p>
        </div>
        {mayClose && (
          <Button variant="primary" busy={save.isPending} disabled={!complete || !approved} onClick={close}>
            Close {name}
          </Button>
        )}
      </div>
      {save.error && (
        <div className="px-4 pb-2">
          <FieldError id="closing-error" error={save.error.message} />
        </div>
      )}
      {needsApproval && (
        <ApprovalLine month={month} approval={approval} userId={userId} mayClose={mayClose} />
      )}
      <ol className="border-line border-t">
        {items.map((item) => (
          <Part key={item.kind} item={item} month={month} mayClose={mayClose} />
        ))}
      </ol>
    </Card>
  );
}

function leftText(items: readonly ChecklistItem[]): string {
  const left = items.flatMap(({ rows }) => rows.filter(({ acceptance }) => acceptance === null)).length;
  return left === 1 ? "One point is left." : `${left} points are left.`;
}

type PartProps = { readonly item: ChecklistItem; readonly month: string; readonly mayClose: boolean };

function Part({ item: { kind, done, rows }, month, mayClose }: PartProps) {
  const { title, done: doneText } = WORDS[kind];
  const Mark = done ? Check : CircleDashed;
  return (
    <li className="border-line border-b last:border-b-0">
      <div className="flex items-baseline gap-2 px-4 py-2.5">
        <Mark
          aria-hidden
          className={`size-4 shrink-0 translate-y-0.5 ${done ? "text-muted" : "text-warning"}`}
        />
        <div className="flex flex-wrap gap-x-2">
          <h3 className="font-bold">
            {title}
            <span className="sr-only">{done ? ": done" : ": to be done"}</span>
          </h3>
          {rows.length === 0 && <p className="text-muted">{doneText}</p>}
        </div>
      </div>
      {rows.length > 0 && (
        <Table caption={title} divided>
          <tbody>
            {rows.map((row) => (
              <ChecklistPoint key={row.subjectId} kind={kind} row={row} month={month} mayClose={mayClose} />
            ))}
          </tbody>
        </Table>
      )}
    </li>
  );
}
