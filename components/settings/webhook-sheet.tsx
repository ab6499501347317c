"use client";

import { useState } from "react";

import { WebhookDeliveries } from "@/components/settings/webhook-deliveries";
import { WebhookForm } from "@/components/settings/webhook-form";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { FieldError } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { deliveriesPath, webhookPath, webhooksQuery } from "@/lib/webhooks/queries";
import type { Webhook, WebhookDelivery } from "@/lib/webhooks/schema";

type WebhookSheetProps = { readonly webhook: Webhook; readonly onClose: () => void };

/** A webhook: whether it is told, what it was told, and a test. */
export function WebhookSheet({ webhook, onClose }: WebhookSheetProps) {
  const { id, version, active, failures, pausedAt } = webhook;
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const change = { invalidates: [webhooksQuery().queryKey] };
  const turn = useSave(
    (next: boolean) =>
      sendJson<Webhook>(webhookPath(id), { method: "PATCH", body: { active: next }, version }),
    change,
  );
  const test = useSave(
    () =>
      sendJson<WebhookDelivery>(deliveriesPath(id), {
        method: "POST",
        body: {},
        idempotencyKey: crypto.randomUUID(),
      }),
    change,
  );
  const remove = useSave(() => sendJson(webhookPath(id), { method: "DELETE" }), change);
  const failed = [turn, test, remove].find(({ isError }) => isError)?.error;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={webhook.name}
      description={webhook.host}
      dirty={dirty}
    >
      <div className="flex flex-col gap-6">
        <Switch
          label="Told of alerts and reminders"
          hint={offText(active, failures, pausedAt)}
          checked={active}
          disabled={turn.isPending}
          onChange={({ target }) => turn.mutate(target.checked)}
        />
        <WebhookForm key={version} webhook={webhook} onDirty={setDirty} />
        <FieldError id="webhook-act-error" error={failed?.message} />
        <section aria-labelledby="webhook-deliveries" className="flex flex-col gap-2">
          <div className="flex items-center justify-between gap-3">
            <h3 id="webhook-deliveries" className="font-bold">
              Deliveries
            </h3>
            <Button
              size="small"
              busy={test.isPending}
              disabled={!active}
              onClick={() => test.mutate(undefined)}
            >
              Send a test
            </Button>
          </div>
          <WebhookDeliveries webhookId={id} />
        </section>
        <Button variant="danger" className="self-start" onClick={() => setAsking(true)}>
          Remove
        </Button>
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title="Remove this webhook?"
        confirmLabel="Remove webhook"
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSuccess: onClose, onError: () => setAsking(false) })}
      >
        {`${webhook.name} is told nothing more, and what waits for it is dropped. Its secret is worth nothing then.`}
      </Confirm>
    </Sheet>
  );
}

function offText(active: boolean, failures: number, pausedAt: string | null): string | undefined {
  if (active || pausedAt === null) return undefined;
  const since = `Off since ${instantText(pausedAt)}`;
  return failures > 0 ? `${since}, because ${failures} in a row did not arrive.` : `${since}.`;
}
