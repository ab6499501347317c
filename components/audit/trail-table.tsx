"use client";

import Link from "next/link";
import { Fragment, useState } from "react";

import { ChangesTable } from "@/components/audit/changes-table";
import { actorName } from "@/components/audit/history";
import { recordAddress } from "@/components/audit/record-address";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, RowToggle, Table, TableHead } from "@/components/ui/table";
import type { AuditEvent } from "@/lib/audit/schema";
import { auditChanges, auditSentence } from "@/lib/domain/audit-words";
import { instantText } from "@/lib/domain/date-text";

/** The events of the trail as sentences; each unfolds to what was before and after. */
export function TrailTable({ events }: { readonly events: readonly AuditEvent[] }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Table caption="Audit trail" divided>
      <TableHead>
        <tr>
          <Column>What was done</Column>
          <Column>When</Column>
          <Column figures>No.</Column>
          <Column>
            <span className="sr-only">Record</span>
          </Column>
        </tr>
      </TableHead>
      <tbody>
        {events.map((event) => (
          <EventRows
            key={event.id}
            event={event}
            open={open === event.id}
            onToggle={() => setOpen(open === event.id ? null : event.id)}
          />
        ))}
      </tbody>
    </Table>
  );
}

type EventRowsProps = { readonly event: AuditEvent; readonly open: boolean; readonly onToggle: () => void };

function EventRows({ event, open, onToggle }: EventRowsProps) {
  const locale = useLocale();
  const changes = auditChanges(event, locale);
  const address = recordAddress(event);
  const sentence = (
    <span>
      <span className="font-medium">{actorName(event)}</span> {auditSentence(event, locale)}
    </span>
  );
  return (
    <Fragment>
      <Row selected={open}>
        <RowHead className="min-w-64 font-normal">
          {changes.length > 0 ? (
            <RowToggle open={open} onToggle={onToggle}>
              {sentence}
            </RowToggle>
          ) : (
            <span className="pl-5">{sentence}</span>
          )}
        </RowHead>
        <Cell className="whitespace-nowrap text-muted">
          <time dateTime={event.at}>{instantText(event.at)}</time>
        </Cell>
        <Cell figures className="text-muted">
          {event.sequence}
        </Cell>
        <Cell className="whitespace-nowrap text-right">
          {address && (
            <Link
              href={address}
              aria-label={`Open what event ${event.sequence} is about`}
              className="inline-flex min-h-6 items-center text-link hover:underline"
            >
              Open
            </Link>
          )}
        </Cell>
      </Row>
      {open && (
        <tr>
          <td colSpan={4} className="px-4 pt-1 pb-4">
            <ChangesTable changes={changes} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}
