import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { askedIds, effectMonths } from "@/components/scenarios/asked";
import { ScenariosView } from "@/components/scenarios/scenarios-view";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { everyPage } from "@/lib/fields/every-page";
import { getEffects } from "@/lib/scenarios/effect";
import { listProposals } from "@/lib/scenarios/proposals";
import { effectsQuery, proposalsQuery, scenariosQuery } from "@/lib/scenarios/queries";
import { listScenarios } from "@/lib/scenarios/service";

export const metadata: Metadata = { title: "What if" };

export default async function ScenariosPage({ searchParams }: PageProps<"/advice/scenarios">) {
  const ctx = await pageCtx();
  const { roles } = ctx.actor;
  if (!can(roles, "scenario:read")) notFound();
  const { scenario, with: beside } = await searchParams;
  const client = new QueryClient();
  const scenarios = await client.fetchQuery({
    ...scenariosQuery(),
    queryFn: () => everyPage((page) => listScenarios(ctx, page)),
  });
  await client.fetchQuery({ ...proposalsQuery(), queryFn: () => listProposals(ctx) });
  const running = monthOf(utcDateOf(ctx.now));
  const text = (value: string | string[] | undefined) => (typeof value === "string" ? value : null);
  const { id, others } = askedIds(text(scenario), text(beside), scenarios);
  if (id !== null) {
    const question = { id, with: [...others], ...effectMonths(running) };
    await client.fetchQuery({ ...effectsQuery(question), queryFn: () => getEffects(ctx, question) });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ScenariosView running={running} mayWrite={can(roles, "scenario:write")} />
    </HydrationBoundary>
  );
}
