"use client";

import { LeftText, LineBudget } from "@/components/budget/line-budget";
import { SmallBars } from "@/components/charts/small-bars";
import { Amount, AmountAction } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { useLocale, useToday } from "@/components/ui/reader";
import type { BudgetLine } from "@/lib/budget/schema";
import { monthText } from "@/lib/domain/date-text";
import { landingText } from "@/lib/domain/forecast-words";
import { money, sumMinor } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { fiscalYearStartOf, type Month, monthOf, shiftMonth } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";

type LineCardProps = {
  readonly line: BudgetLine;
  readonly month: Month;
  readonly fiscalYearStart: number;
  /** The month is not over, so that it cannot be compared with whole ones. */
  readonly running: boolean;
  readonly onOpen: () => void;
  /** Opens why it is more or less than in the month before. */
  readonly onChanges: () => void;
};

const LINES = {
  developer_leverage: { tone: "leverage", swatch: "bg-leverage", nature: "operating expense" },
  product_running: { tone: "product", swatch: "bg-product", nature: "cost of goods sold" },
} as const;

/** How one line does: the month, what of it is estimated, where it lands, against the month before, and the year so far. */
export function LineCard({ line, month, fiscalYearStart, running, onOpen, onChanges }: LineCardProps) {
  const locale = useLocale();
  const thisMonth = monthOf(useToday());
  if (line.purpose === "unclassified") return null;
  const { tone, swatch, nature } = LINES[line.purpose];
  const name = PURPOSE_NAMES[line.purpose];
  const figures = line.months.find((one) => one.month === month) ?? line.total;
  const { currency } = figures.actual;
  const opening = line.months.some((one) => one.month === month && one.opening);
  const headingId = `line-${line.purpose}`;
  const yearStart = fiscalYearStartOf(month, fiscalYearStart);
  const year = line.months.filter((one) => one.month >= yearStart && one.month <= month);
  const yearMinor = sumMinor(year.map(({ actual }) => actual.minor));
  const yearLeft = leftOf(year);

  return (
    <Card labelledBy={headingId}>
      <div className="flex items-center justify-between gap-4">
        <h2 id={headingId} className="flex items-center gap-2 font-bold">
          <span aria-hidden className={classNames("size-2.5 rounded-sm", swatch)} />
          {name}
        </h2>
        <span className="text-muted text-small">{nature}</span>
      </div>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-2.5">
        {opening ? (
          <Amount value={figures.actual} className="font-bold text-figure" />
        ) : (
          <AmountAction
            value={figures.actual}
            describes={`entries of ${name}, ${monthText(month)}`}
            onClick={onOpen}
            className="font-bold text-figure"
          />
        )}
        <span className="text-muted">
          {currency} in {monthText(month)}
          {opening && ", an opening total"}
          {figures.estimated.minor !== 0 && `, ${moneyText(figures.estimated, locale)} of it estimated`}
          {figures.beforeCredits.minor !== figures.actual.minor &&
            `, ${moneyText(figures.beforeCredits, locale)} before credits`}
        </span>
      </p>
      <LineBudget figures={figures} month={month} running={running} />
      {running && figures.forecast && (
        <p className="mt-1">
          {capitalized(landingText(figures.forecast, figures.range, locale))}
          {figures.forecastBeforeCredits &&
            figures.forecastBeforeCredits.minor !== figures.forecast.minor && (
              <span className="text-muted">
                {" "}
                ({moneyText(figures.forecastBeforeCredits, locale)} before credits)
              </span>
            )}
          {line.total.forecast && line.months.length > 1 && line.months.at(-1)?.month !== month && (
            <span className="text-muted">
              , all {line.months.length} months at {moneyText(line.total.forecast, locale)}
            </span>
          )}
        </p>
      )}
      <div className="mt-1 flex items-end justify-between gap-4">
        <p className="text-muted">
          {running ? "Not all invoices can be here yet" : <Difference line={line} month={month} />}
          {!opening && (
            <>
              {" · "}
              <button
                type="button"
                onClick={onChanges}
                className="cursor-pointer underline decoration-dotted underline-offset-4 hover:text-ink"
              >
                what changed<span className="sr-only"> in {name}</span>
              </button>
            </>
          )}
          {year[0]?.month === yearStart && (
            <>
              <br />
              Fiscal year so far{" "}
              <strong className="font-bold text-ink">{moneyText(money(yearMinor, currency), locale)}</strong>
              {yearLeft !== null && (
                <>
                  , <LeftText value={money(yearLeft, currency)} />
                </>
              )}
            </>
          )}
        </p>
        <SmallBars
          label={`${name} over ${line.months.length} months, as in the table below`}
          tone={tone}
          bars={line.months.map(({ month: at, billed, estimated, actual, forecast }) =>
            at > thisMonth && forecast
              ? { value: forecast.minor, state: "planned" }
              : { value: actual.minor, state: estimated.minor > billed.minor ? "estimated" : "billed" },
          )}
        />
      </div>
    </Card>
  );
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is left of the budget of some months; null while one of them cost something and has none. */
function leftOf(months: BudgetLine["months"]): number | null {
  const planned = months.flatMap(({ budgeted }) => budgeted?.minor ?? []);
  if (planned.length === 0 || months.some(({ budgeted, actual }) => !budgeted && actual.minor !== 0))
    return null;
  return sumMinor(planned) - sumMinor(months.map(({ actual }) => actual.minor));
}

/** In words: "86.12 more than in September". */
function Difference({ line, month }: { readonly line: BudgetLine; readonly month: Month }) {
  const locale = useLocale();
  const at = (wanted: Month) => line.months.find((one) => one.month === wanted)?.actual;
  const [now, before] = [at(month), at(shiftMonth(month, -1))];
  const previous = monthText(shiftMonth(month, -1)).split(" ")[0];
  if (!now || !before) return <>No month before</>;
  const difference = now.minor - before.minor;
  if (difference === 0) return <>The same as in {previous}</>;
  const amount = moneyText(money(Math.abs(difference), now.currency), locale);
  return (
    <>
      {amount} {difference > 0 ? "more" : "less"} than in {previous}
    </>
  );
}
