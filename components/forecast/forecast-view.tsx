"use client";

import { useQuery } from "@tanstack/react-query";

import { ContractForecasts } from "@/components/forecast/contract-forecasts";
import { LimitsCard } from "@/components/forecast/limits-card";
import { YearCard } from "@/components/forecast/year-card";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useLocale } from "@/components/ui/reader";
import { Skeleton } from "@/components/ui/skeleton";
import { landingText } from "@/lib/domain/forecast-words";
import type { Month } from "@/lib/domain/month";
import { forecastQuery } from "@/lib/forecast/queries";

/** Where the year lands, how each contract's part of it is told, and what limits and maximums say. */
export function ForecastView({ months }: { readonly months: { readonly from: Month; readonly to: Month } }) {
  const forecast = useQuery(forecastQuery(months));
  const locale = useLocale();
  const year = forecast.data?.fiscalYear.total;

  return (
    <>
      <PageHeader
        title="Forecast"
        parent={{ href: "/budget", label: "Budget" }}
        {...(year?.forecast && {
          note: `The fiscal year ${landingText(year.forecast, year.range, locale)}.`,
        })}
      />
      {forecast.isPending && <Skeleton className="h-96" />}
      {forecast.isError && (
        <ErrorState title="The forecast could not be read" onRetry={() => forecast.refetch()}>
          {forecast.error.message}
        </ErrorState>
      )}
      {forecast.data && forecast.data.contracts.length === 0 && (
        <Card>
          <EmptyState
            title="Nothing to forecast yet"
            actions={<LinkButton href="/seats">Go to Seats</LinkButton>}
          >
            A contract with seats is forecast exactly, an API account from its use or its invoices. Enter one,
            or import what a provider reports.
          </EmptyState>
        </Card>
      )}
      {forecast.data && forecast.data.contracts.length > 0 && (
        <div className="flex flex-col gap-3">
          <div className="grid items-start gap-3 xl:grid-cols-2">
            <YearCard forecast={forecast.data} />
            <LimitsCard forecast={forecast.data} />
          </div>
          <ContractForecasts forecast={forecast.data} />
        </div>
      )}
    </>
  );
}
