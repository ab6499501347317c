"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/settings/settings-section";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { instantText } from "@/lib/domain/date-text";
import { messagesQuery } from "@/lib/messages/queries";
import type { Message } from "@/lib/messages/schema";

const STATES: Readonly<Record<Message["state"], { readonly words: string; readonly tone: BadgeTone }>> = {
  waiting: { words: "Waiting", tone: "neutral" },
  sent: { words: "Sent", tone: "neutral" },
  given_up: { words: "Given up", tone: "danger" },
};

/** What people are told outside the pages. */
export function MessagesView() {
  const messages = useInfiniteQuery(messagesQuery());
  if (messages.isPending) return <Skeleton className="h-64" />;
  if (messages.isError) {
    return (
      <ErrorState title="The messages could not be read" onRetry={() => messages.refetch()}>
        {messages.error.message}
      </ErrorState>
    );
  }
  const rows = messages.data.pages.flatMap(({ data }) => data);

  return (
    <SettingsSection
      title="Messages"
      note="What people are told of budget alerts, of late invoices that are theirs to enter, and of webhooks that were switched off. Without a mail server they wait here, to be read."
    >
      <Card flush>
        {rows.length > 0 ? (
          <>
            <Table caption="Messages" divided>
              <TableHead>
                <tr>
                  <Column pinned>Message</Column>
                  <Column>To</Column>
                  <Column>Written</Column>
                  <Column>State</Column>
                </tr>
              </TableHead>
              <tbody>
                {rows.map((message) => (
                  <MessageRow key={message.id} message={message} />
                ))}
              </tbody>
            </Table>
            <LoadMore
              shown={rows.length}
              noun="messages"
              hasMore={messages.hasNextPage}
              loading={messages.isFetchingNextPage}
              onMore={() => messages.fetchNextPage()}
            />
          </>
        ) : (
          <EmptyState title="No messages yet">
            One is written to each person whom a budget alert or a late invoice concerns, when it is raised.
          </EmptyState>
        )}
      </Card>
    </SettingsSection>
  );
}

function MessageRow({ message }: { readonly message: Message }) {
  const { subject, text, recipient, createdAt, sentAt, state, attempts, lastError } = message;
  const { words, tone } = STATES[state];
  return (
    <Row>
      <RowHead pinned className="font-normal">
        <details>
          <summary className="cursor-pointer">{subject}</summary>
          <p className="whitespace-pre-line py-1 text-muted">{text}</p>
        </details>
      </RowHead>
      <Cell>{recipient.name}</Cell>
      <Cell className="whitespace-nowrap text-muted">{instantText(createdAt)}</Cell>
      <Cell>
        <Badge tone={tone}>{words}</Badge>
        {sentAt && <span className="ml-2 text-muted">{instantText(sentAt)}</span>}
        {lastError && (
          <p className="text-muted text-small">
            {lastError} {attempts === 1 ? "Tried once." : `Tried ${attempts} times.`}
          </p>
        )}
      </Cell>
    </Row>
  );
}
