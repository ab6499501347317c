"use client";

import Link from "next/link";
import { useState } from "react";

import { AcceptPoint } from "@/components/closing/accept-point";
import { DueLine } from "@/components/invoice-duties/due-line";
import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { withdrawPoint } from "@/lib/closing/queries";
import {
  ACCEPTED_KINDS,
  type Acceptance,
  type ChecklistKind,
  type ChecklistPlace,
  type ChecklistRow,
} from "@/lib/closing/schema";
import { instantText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type ChecklistPointProps = {
  readonly kind: ChecklistKind;
  readonly row: ChecklistRow;
  readonly month: Month;
  readonly mayClose: boolean;
};

/** One thing that stands against the close: put right where it is, or accepted as it is with a note. */
export function ChecklistPoint({ kind, row, month, mayClose }: ChecklistPointProps) {
  const [accepting, setAccepting] = useState(false);
  const { acceptance, place, amount } = row;
  const accepted = ACCEPTED_KINDS.find((one) => one === kind);
  const name = place.kind === "month" ? monthText(place.id) : row.name;
  const { href, verb } = wayTo(kind, place, month);

  return (
    <Row>
      <RowHead className="align-top font-normal">
        <Link href={href} prefetch={false} className="rounded-sm hover:underline">
          {name}
        </Link>
        <span className="block text-muted text-small">{row.detail}</span>
        {row.due && acceptance === null && <DueLine due={row.due} />}
        {acceptance && <AcceptedNote acceptance={acceptance} month={month} mayClose={mayClose} />}
      </RowHead>
      <Cell figures className="align-top">
        {place.kind !== "month" && (
          <Amount value={amount} withCurrency state={kind === "expected_invoice" ? "estimated" : "billed"} />
        )}
      </Cell>
      <Cell className="w-0 align-top">
        {acceptance === null && (
          <div className="flex justify-end gap-2 max-sm:flex-col">
            {accepted && mayClose && (
              <Button size="small" variant="quiet" onClick={() => setAccepting(true)}>
                Accept
              </Button>
            )}
            <LinkButton size="small" href={href} aria-label={`${verb}: ${name}`}>
              {verb}
            </LinkButton>
          </div>
        )}
        {accepted && accepting && (
          <AcceptPoint
            kind={accepted}
            row={row}
            name={name}
            month={month}
            onClose={() => setAccepting(false)}
          />
        )}
      </Cell>
    </Row>
  );
}

/** Where it is put right, and what one does there. */
function wayTo(kind: ChecklistKind, place: ChecklistPlace, month: Month): { href: string; verb: string } {
  if (place.kind === "month") return { href: `/closing?period=${place.id}`, verb: "Close it first" };
  if (kind === "difference")
    return { href: `/reconciliation?month=${month}&contract=${place.id}`, verb: "Explain" };
  if (kind === "expected_invoice") return { href: `/invoices?month=${month}`, verb: "Enter invoice" };
  switch (place.kind) {
    case "invoice":
      return { href: `/invoices?invoice=${place.id}`, verb: "Open invoice" };
    case "subscription":
      return { href: `/seats?subscription=${place.id}`, verb: "Open contract" };
    case "api_account":
      return { href: `/api-accounts?account=${place.id}`, verb: "Classify" };
    case "service_provider":
      return { href: "/usage", verb: "Match names" };
  }
}

type AcceptedNoteProps = {
  readonly acceptance: Acceptance;
  readonly month: Month;
  readonly mayClose: boolean;
};

function AcceptedNote({ acceptance, month, mayClose }: AcceptedNoteProps) {
  const { id, note, acceptedBy, acceptedAt } = acceptance;
  const save = useSave(() => withdrawPoint(month, id), { invalidates: [["periods"]] });
  return (
    <span className="mt-1 block text-small">
      Accepted by {acceptedBy.name}, {instantText(acceptedAt)}: {note}
      {mayClose && (
        <Button
          size="small"
          variant="quiet"
          busy={save.isPending}
          onClick={() => save.mutate()}
          className="ml-2"
        >
          Take back
        </Button>
      )}
      {save.error && <span className="text-danger"> {save.error.message}</span>}
    </span>
  );
}
