"use client";

import { Button } from "@/components/ui/button";
import { dateText } from "@/lib/domain/date-text";
import type { MissingRate } from "@/lib/rates/schema";

type MissingRatesProps = {
  readonly missing: readonly MissingRate[];
  readonly onEnter?: (missing: MissingRate) => void;
};

/** The days without a rate, and what waits for one. */
export function MissingRates({ missing, onEnter }: MissingRatesProps) {
  return (
    <section
      aria-labelledby="missing-rates"
      className="max-w-4xl rounded-lg border border-warning-line bg-warning-soft px-4 py-3"
    >
      <h3 id="missing-rates" className="font-bold text-warning">
        {missing.length === 1 ? "A rate is missing" : `${missing.length} rates are missing`}
      </h3>
      <p>Until it is entered, what these contracts cost in its month is missing from the budget.</p>
      <ul className="mt-2 flex flex-col gap-1">
        {missing.map((rate) => (
          <li key={`${rate.from} ${rate.date}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="w-44 whitespace-nowrap font-medium tabular-nums">
              {dateText(rate.date)}, {rate.from} to {rate.to}
            </span>
            <span className="min-w-0 grow">{rate.subscriptions.map(({ name }) => name).join(", ")}</span>
            {onEnter && (
              <Button
                size="small"
                aria-label={`Enter the ${rate.from} to ${rate.to} rate of ${dateText(rate.date)}`}
                onClick={() => onEnter(rate)}
              >
                Enter
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
