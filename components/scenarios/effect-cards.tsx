"use client";

import { useQuery } from "@tanstack/react-query";

import { effectMonths } from "@/components/scenarios/asked";
import { EffectPicture } from "@/components/scenarios/effect-picture";
import { EffectTable } from "@/components/scenarios/effect-table";
import { Amount } from "@/components/ui/amount";
import { Banner } from "@/components/ui/banner";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { effectsQuery } from "@/lib/scenarios/queries";
import type { Effects } from "@/lib/scenarios/schema";

type EffectCardsProps = {
  readonly id: string;
  readonly others: readonly string[];
  readonly running: Month;
};

/** What each line comes to, month by month: the forecast, each scenario, and the difference. */
export function EffectCards({ id, others, running }: EffectCardsProps) {
  const effects = useQuery(effectsQuery({ id, with: others, ...effectMonths(running) }));
  if (effects.isPending) return <Skeleton className="h-96" />;
  if (effects.isError) {
    return (
      <ErrorState title="The effect could not be worked out" onRetry={() => effects.refetch()}>
        {effects.error.message}
      </ErrorState>
    );
  }
  const { data } = effects;
  return (
    <>
      <Summary effects={data} />
      {data.effects.flatMap(({ scenario, untold }) =>
        untold.map((text) => (
          <Banner key={`${scenario.id} ${text}`} tone="warning">
            {data.effects.length > 1 && `${scenario.name}: `}
            {text}
          </Banner>
        )),
      )}
      <div className="grid items-start gap-3 xl:grid-cols-2">
        {shownLines(data).map((purpose) => (
          <Card key={purpose} flush label={PURPOSE_NAMES[purpose]}>
            <div className="px-4 pt-3">
              <h3 className="font-bold">{PURPOSE_NAMES[purpose]}</h3>
              <EffectPicture effects={data} purpose={purpose} />
            </div>
            <EffectTable effects={data} purpose={purpose} />
          </Card>
        ))}
      </div>
    </>
  );
}

/** The two lines always; what is unclassified only where a scenario changes it. */
function shownLines({ forecast, effects }: Effects): Purpose[] {
  const changes = (purpose: Purpose) =>
    effects.some(({ lines }) =>
      lines.some((line) => line.purpose === purpose && line.total.difference?.minor !== 0),
    );
  return forecast
    .map(({ purpose }) => purpose)
    .filter((purpose) => purpose !== "unclassified" || changes(purpose));
}

function Summary({ effects: { effects, from, to } }: { readonly effects: Effects }) {
  return (
    <Card label="What it comes to">
      <ul className="flex flex-col gap-1.5">
        {effects.map(({ scenario, lines, total }) => {
          const parts = lines.filter(({ total }) => total.difference && total.difference.minor !== 0);
          return (
            <li key={scenario.id} className="flex flex-wrap items-baseline gap-x-2.5">
              {total.total.difference && (
                <Amount
                  value={total.total.difference}
                  withCurrency
                  withSign
                  state="forecast"
                  className="font-bold text-figure"
                />
              )}
              <span className="text-muted">
                {effects.length > 1 && (
                  <>
                    <bdi className="font-medium text-ink">{scenario.name}</bdi>,{" "}
                  </>
                )}
                {monthText(from)} to {monthText(to)}, beside the forecast
                {parts.map(({ purpose, total: { difference } }, index) => (
                  <span key={purpose}>
                    {index === 0 ? ": " : ", "}
                    {PURPOSE_NAMES[purpose].toLowerCase()}{" "}
                    {difference && <Amount value={difference} withSign />}
                  </span>
                ))}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
