import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { forecastMonths } from "@/components/forecast/forecast-months";
import { ForecastView } from "@/components/forecast/forecast-view";
import { pageCtx } from "@/lib/auth/session";
import { utcDateOf } from "@/lib/domain/calendar-date";
import { monthOf } from "@/lib/domain/month";
import { can } from "@/lib/domain/permission";
import { forecastQuery } from "@/lib/forecast/queries";
import { getForecast } from "@/lib/forecast/service";

export const metadata: Metadata = { title: "Forecast" };

export default async function ForecastPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "account:read")) notFound();
  const months = forecastMonths(monthOf(utcDateOf(ctx.now)), ctx.organization.fiscalYearStart);
  const client = new QueryClient();
  await client.fetchQuery({ ...forecastQuery(months), queryFn: () => getForecast(ctx, months) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <ForecastView months={months} />
    </HydrationBoundary>
  );
}
