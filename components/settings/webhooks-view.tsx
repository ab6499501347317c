"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { SettingsSection } from "@/components/settings/settings-section";
import { WebhookForm } from "@/components/settings/webhook-form";
import { WebhookSheet } from "@/components/settings/webhook-sheet";
import { WebhookState } from "@/components/settings/webhook-state";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { webhooksQuery } from "@/lib/webhooks/queries";
import type { Webhook } from "@/lib/webhooks/schema";

/** The addresses outside that are told what people are told. */
export function WebhooksView() {
  const webhooks = useQuery(webhooksQuery());
  const [webhookId, openWebhook] = useAddressParam("webhook");
  const [dirty, setDirty] = useState(false);
  if (webhooks.isPending) return <Skeleton className="h-64" />;
  if (webhooks.isError) {
    return (
      <ErrorState title="The webhooks could not be read" onRetry={() => webhooks.refetch()}>
        {webhooks.error.message}
      </ErrorState>
    );
  }
  const open = webhooks.data.find(({ id }) => id === webhookId);
  const close = (next: boolean) => !next && openWebhook(null);
  const add = <Button onClick={() => openWebhook("new")}>Add a webhook</Button>;

  return (
    <SettingsSection
      title="Webhooks"
      note="Addresses that are told of every budget alert and late invoice, as a message that Slack and Mattermost show and programs can read. Each is signed."
      actions={webhooks.data.length > 0 && add}
    >
      <Card flush className="max-w-4xl">
        {webhooks.data.length > 0 ? (
          <WebhookTable webhooks={webhooks.data} openId={webhookId} onOpen={openWebhook} />
        ) : (
          <EmptyState title="No webhooks yet" actions={add}>
            Add the address of a chat’s incoming webhook, or of a program of yours, and it hears of budget
            alerts and late invoices at once.
          </EmptyState>
        )}
      </Card>
      {webhookId === "new" && (
        <Sheet open onOpenChange={close} title="Add a webhook" dirty={dirty}>
          <WebhookForm onDirty={setDirty} />
        </Sheet>
      )}
      {open && <WebhookSheet key={open.id} webhook={open} onClose={() => openWebhook(null)} />}
    </SettingsSection>
  );
}

type WebhookTableProps = {
  readonly webhooks: readonly Webhook[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

function WebhookTable({ webhooks, openId, onOpen }: WebhookTableProps) {
  return (
    <Table caption="Webhooks" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column className="max-sm:hidden">Goes to</Column>
          <Column>State</Column>
        </tr>
      </TableHead>
      <tbody>
        {webhooks.map((webhook) => (
          <Row key={webhook.id} selected={webhook.id === openId}>
            <RowHead pinned className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(webhook.id)}
                className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
              >
                {webhook.name}
              </button>
              <span className="block break-all text-muted text-small sm:hidden">{webhook.host}</span>
            </RowHead>
            <Cell className="break-all text-muted max-sm:hidden">{webhook.host}</Cell>
            <Cell>
              <WebhookState webhook={webhook} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
