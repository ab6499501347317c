"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { Badge, type BadgeTone } from "@/components/ui/badge";
import { FieldError } from "@/components/ui/field";
import { LoadMore } from "@/components/ui/load-more";
import { Skeleton } from "@/components/ui/skeleton";
import { instantText } from "@/lib/domain/date-text";
import { deliveriesQuery } from "@/lib/webhooks/queries";
import type { WebhookDelivery } from "@/lib/webhooks/schema";

const STATES: Readonly<
  Record<WebhookDelivery["state"], { readonly words: string; readonly tone: BadgeTone }>
> = {
  waiting: { words: "Waiting", tone: "neutral" },
  sent: { words: "Delivered", tone: "neutral" },
  given_up: { words: "Given up", tone: "danger" },
};

/** What a webhook was sent, what waits, and what was given up. */
export function WebhookDeliveries({ webhookId }: { readonly webhookId: string }) {
  const deliveries = useInfiniteQuery(deliveriesQuery(webhookId));
  if (deliveries.isPending) return <Skeleton className="h-24" />;
  if (deliveries.isError) return <FieldError id="deliveries-error" error={deliveries.error.message} />;
  const rows = deliveries.data.pages.flatMap(({ data }) => data);
  if (rows.length === 0) return <p className="text-muted">Nothing was sent yet.</p>;

  return (
    <>
      <ul aria-label="Deliveries" className="flex flex-col" aria-live="polite">
        {rows.map(({ id, text, state, createdAt, attempts, lastError }) => (
          <li key={id} className="flex flex-col gap-1 border-line border-t py-2">
            <div className="flex items-start justify-between gap-3">
              <span className="min-w-0 break-words">{text.split("\n")[0]}</span>
              <Badge tone={STATES[state].tone}>{STATES[state].words}</Badge>
            </div>
            <p className="text-muted text-small">
              {instantText(createdAt)}
              {lastError && `. ${lastError}`}
              {lastError && attempts > 0 && (attempts === 1 ? " Tried once." : ` Tried ${attempts} times.`)}
            </p>
          </li>
        ))}
      </ul>
      {deliveries.hasNextPage && (
        <LoadMore
          shown={rows.length}
          noun="deliveries"
          hasMore
          loading={deliveries.isFetchingNextPage}
          onMore={() => deliveries.fetchNextPage()}
        />
      )}
    </>
  );
}
