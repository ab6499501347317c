"use client";

import { useQuery } from "@tanstack/react-query";
import { CalendarPlus } from "lucide-react";

import { CalendarSheet } from "@/components/advice/calendar-sheet";
import { RenewalsTable } from "@/components/advice/renewals-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/skeleton";
import { addDays } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";
import { money } from "@/lib/domain/money";
import { renewalsQuery } from "@/lib/renewals/queries";
import type { Renewals } from "@/lib/renewals/schema";

/** What is near enough to be decided now. */
const SOON_DAYS = 45;

/** What renews when, for how much, and until when it can be called off. */
export function RenewalsView() {
  const renewals = useQuery(renewalsQuery());
  const [calendar, openCalendar] = useAddressParam("calendar");
  const { data } = renewals;
  return (
    <div className="flex flex-col gap-3">
      <Card label="What renews">
        <div className="flex flex-wrap items-start justify-between gap-3">
          {data && data.data.length > 0 ? (
            <Summary renewals={data} />
          ) : (
            <p className="text-muted">Thirteen months ahead</p>
          )}
          <Button onClick={() => openCalendar("1")}>
            <CalendarPlus aria-hidden />
            In your calendar
          </Button>
        </div>
      </Card>
      <Card flush label="Renewals">
        {renewals.isPending && <Skeleton className="h-64" />}
        {renewals.isError && (
          <ErrorState title="The renewals could not be read" onRetry={() => renewals.refetch()}>
            {renewals.error.message}
          </ErrorState>
        )}
        {data && data.data.length === 0 && (
          <EmptyState title="Nothing renews" actions={<LinkButton href="/seats">Go to Seats</LinkButton>}>
            Contracts renew with their cycle, or on the day that they state. Enter one with its notice, and
            its last day to act stands here and in your calendar.
          </EmptyState>
        )}
        {data && data.data.length > 0 && <RenewalsTable renewals={data} />}
      </Card>
      <CalendarSheet open={calendar !== null} onClose={() => openCalendar(null)} />
    </div>
  );
}

/** What is bought anew for a term, and what has to be decided soon; what renews every month is no decision. */
function Summary({ renewals: { data, today, currency } }: { readonly renewals: Renewals }) {
  const terms = data.filter(({ every }) => every === "year");
  const known = terms.flatMap(({ baseCost }) => baseCost ?? []);
  const soon = terms.filter(({ cancelBy, passed }) => !passed && cancelBy <= addDays(today, SOON_DAYS));
  const [next] = terms.filter(({ passed }) => !passed).toSorted((a, b) => (a.cancelBy < b.cancelBy ? -1 : 1));
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <Amount
          value={money(
            known.reduce((sum, { minor }) => sum + minor, 0),
            currency,
          )}
          withCurrency
          className="font-bold text-figure"
        />
        <span className="text-muted">
          renew for a year in the next thirteen months, without tax
          {known.length < terms.length && `, and ${terms.length - known.length} without an exchange rate`}
        </span>
      </p>
      <p className="mt-1">
        {soon.length > 0
          ? `${soon.length} to decide in the next ${SOON_DAYS} days. `
          : `Nothing to decide in the next ${SOON_DAYS} days. `}
        {next && `The next last day to act is ${dateText(next.cancelBy)}, for ${next.subscription.name}.`}
      </p>
    </div>
  );
}
