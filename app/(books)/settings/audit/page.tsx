import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { AuditView } from "@/components/audit/audit-view";
import { auditAsked, auditChoicesQuery, auditQuery } from "@/lib/audit/queries";
import { auditFilter } from "@/lib/audit/schema";
import { listAuditEvents, readAuditChoices } from "@/lib/audit/service";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";

export const metadata: Metadata = { title: "Audit trail" };

export default async function AuditPage({ searchParams }: PageProps<"/settings/audit">) {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "audit:read")) notFound();
  const params = await searchParams;
  const one = (name: string) => (typeof params[name] === "string" ? params[name] : null);
  const asked = auditAsked({
    who: one("who"),
    action: one("action"),
    kind: one("kind"),
    record: one("record"),
    from: one("from"),
    to: one("to"),
  });
  const client = new QueryClient();
  await client.fetchQuery({ ...auditChoicesQuery(), queryFn: () => readAuditChoices(ctx) });
  const filter = auditFilter.safeParse(asked);
  // What the address asks wrongly, the browser asks again and is told.
  if (filter.success) {
    await client.fetchInfiniteQuery({
      ...auditQuery(asked),
      queryFn: () => listAuditEvents(ctx, filter.data),
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AuditView />
    </HydrationBoundary>
  );
}
