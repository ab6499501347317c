"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { invoiceDraftPath } from "@/lib/invoice-drafts/queries";
import type { InvoiceDraft } from "@/lib/invoice-drafts/schema";

type DraftsCardProps = {
  readonly drafts: readonly InvoiceDraft[];
  readonly onOpen: (id: string) => void;
};

/** Invoices that somebody began, for whoever finishes them. */
export function DraftsCard({ drafts, onOpen }: DraftsCardProps) {
  const toast = useToast();
  const [asked, setAsked] = useState<InvoiceDraft | null>(null);
  const discard = useSave(
    ({ id, version }: InvoiceDraft) => sendJson<void>(invoiceDraftPath(id), { method: "DELETE", version }),
    { invalidates: [["invoice-drafts"], ["expected-invoices"]] },
  );
  if (drafts.length === 0) return null;

  return (
    <Card labelledBy="drafts">
      <h2 id="drafts" className="mb-1 font-bold">
        Drafts
      </h2>
      <ul className="divide-y divide-line">
        {drafts.map((draft) => (
          <li key={draft.id} className="flex flex-wrap items-center justify-between gap-2 py-1.5">
            <span>
              {nameOf(draft)}
              <span className="block text-muted text-small">
                {draft.updatedBy}, {instantText(draft.updatedAt)}
              </span>
            </span>
            <span className="flex gap-2">
              <Button size="small" onClick={() => onOpen(draft.id)}>
                Continue<span className="sr-only"> {nameOf(draft)}</span>
              </Button>
              <Button size="small" variant="quiet" onClick={() => setAsked(draft)}>
                Discard<span className="sr-only"> {nameOf(draft)}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <Confirm
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title="Discard this draft?"
        confirmLabel="Discard draft"
        busy={discard.isPending}
        onConfirm={() =>
          asked &&
          discard.mutate(asked, {
            onSuccess: () => toast({ title: "The draft was discarded" }),
            onError: (error) => toast({ title: error.message, tone: "danger" }),
            onSettled: () => setAsked(null),
          })
        }
      >
        What was typed in it is gone for everybody.
      </Confirm>
    </Card>
  );
}

function nameOf({ subscription, apiAccount, content }: InvoiceDraft): string {
  const number = typeof content.number === "string" && content.number !== "" ? ` ${content.number}` : "";
  const contract = subscription?.name ?? apiAccount?.name;
  return contract ? `${contract}${number}` : `Invoice${number || " without a number"}`;
}
