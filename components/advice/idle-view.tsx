"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { IDLE_DAYS_CHOICES, idleDaysOf } from "@/components/advice/idle-days";
import { IdleSheet } from "@/components/advice/idle-sheet";
import { IdleTable } from "@/components/advice/idle-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { useLocale } from "@/components/ui/reader";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { IDLE_DAYS } from "@/lib/domain/idle-seats";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { idleSeatsQuery } from "@/lib/idle-seats/queries";
import type { IdleSeats } from "@/lib/idle-seats/schema";

/** Seats that cost and that nobody is known to use, and what to do about each until when. */
export function IdleView({ mayWrite }: { readonly mayWrite: boolean }) {
  const [asked, setAsked] = useAddressParam("days");
  const [seat, setSeat] = useAddressParam("seats");
  const days = idleDaysOf(asked);
  const idle = useInfiniteQuery(idleSeatsQuery(days));
  const [first] = idle.data?.pages ?? [];
  const rows = idle.data?.pages.flatMap(({ data }) => data) ?? [];
  const open = rows.find(({ subscription, plan }) => seat === `${subscription.id}:${plan.id}`);
  return (
    <div className="flex flex-col gap-3">
      {first && <Amounts idle={first} />}
      <Card flush label="Idle seats">
        <div className="flex flex-wrap items-center gap-3 px-4 py-3">
          <span className="text-muted">Idle after</span>
          <SegmentedControl
            label="Idle after days without use"
            options={IDLE_DAYS_CHOICES.map((value) => ({ value: String(value), label: `${value} days` }))}
            value={String(days)}
            onChange={(value) => setAsked(value === String(IDLE_DAYS) ? null : value)}
          />
        </div>
        {first && <Notes idle={first} />}
        {idle.isPending && <Skeleton className="h-64" />}
        {idle.isError && (
          <ErrorState title="The idle seats could not be read" onRetry={() => idle.refetch()}>
            {idle.error.message}
          </ErrorState>
        )}
        {first && rows.length === 0 && (
          <EmptyState title="No seats yet" actions={<LinkButton href="/seats">Go to Seats</LinkButton>}>
            Seats that are paid for and that nobody holds or uses stand here, with the last day on which their
            contract can be made smaller.
          </EmptyState>
        )}
        {first && rows.length > 0 && (
          <IdleTable
            currency={first.currency}
            rows={rows}
            onOpen={({ subscription, plan }) => setSeat(`${subscription.id}:${plan.id}`)}
          />
        )}
        {idle.hasNextPage && (
          <LoadMore
            shown={rows.length}
            noun="plans"
            hasMore
            loading={idle.isFetchingNextPage}
            onMore={() => idle.fetchNextPage()}
          />
        )}
      </Card>
      {first && open && (
        <IdleSheet idle={first} row={open} mayWrite={mayWrite} onClose={() => setSeat(null)} />
      )}
    </div>
  );
}

function Amounts({ idle: { exposed, reassignable, reducible } }: { readonly idle: IdleSeats }) {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <AmountCard
        name="Exposed"
        value={exposed}
        text="a month, for seats that nobody holds or is known to use"
      />
      <AmountCard name="Reassignable now" value={reassignable} text="of it, somebody else could have today" />
      <AmountCard
        name="Reducible"
        value={reducible}
        text="a month less, if the next renewals leave them out"
      />
    </div>
  );
}

function AmountCard({
  name,
  value,
  text,
}: {
  readonly name: string;
  readonly value: Money;
  readonly text: string;
}) {
  return (
    <Card label={name}>
      <h2 className="font-bold">{name}</h2>
      <p className="mt-1">
        <Amount value={value} withCurrency className="font-bold text-figure" />
      </p>
      <p className="text-muted text-small">{text}</p>
    </Card>
  );
}

function Notes({ idle }: { readonly idle: IdleSeats }) {
  const locale = useLocale();
  const { unknown, unknownSeats, withoutRate, personAnalysis, minimumGroupSize } = idle;
  const notes = [
    ...(unknownSeats === 0
      ? []
      : [
          `${unknownSeats} held ${unknownSeats === 1 ? "seat" : "seats"}, ${moneyText(unknown, locale, { withCurrency: true })} a month, of whose use nobody knows: no file tells of everybody's use of their provider. They are not counted as idle.`,
        ]),
    ...(withoutRate === 0
      ? []
      : [
          `${withoutRate} ${withoutRate === 1 ? "plan is" : "plans are"} left out: no exchange rate of today.`,
        ]),
    ...(personAnalysis === "on"
      ? []
      : [
          `Who does not use a seat is not shown, as the organization chose, nor how many of fewer than ${minimumGroupSize} people.`,
        ]),
  ];
  if (notes.length === 0) return null;
  return <p className="px-4 pb-3 text-muted text-small">{notes.join(" ")}</p>;
}
