"use client";

import { BeforeCredits } from "@/components/budget/before-credits";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import type { Range } from "@/lib/domain/forecast-words";
import { moneyText } from "@/lib/domain/money-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Forecast, ForecastFigures } from "@/lib/forecast/schema";

/** Each line's fiscal year: what was, what is expected, and where it lands. */
export function YearCard({ forecast }: { readonly forecast: Forecast }) {
  const { fiscalYear, currency } = forecast;
  const lines = fiscalYear.lines.filter(
    ({ purpose, forecast: lands }) => purpose !== "unclassified" || lands?.minor !== 0,
  );
  return (
    <Card flush labelledBy="year">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="year" className="font-bold">
          Where the fiscal year lands
        </h2>
        <p className="text-muted">
          {monthText(fiscalYear.from)} to {monthText(fiscalYear.to)}, {currency}
        </p>
      </div>
      <Table caption={`Where the lines of the fiscal year land, in ${currency}`}>
        <TableHead>
          <tr>
            <Column>Line</Column>
            <Column figures>So far</Column>
            <Column figures className="max-sm:hidden">
              Still expected
            </Column>
            <Column figures>Lands at</Column>
          </tr>
        </TableHead>
        <tbody>
          {lines.map(({ purpose, ...figures }) => (
            <Row key={purpose}>
              <RowHead className="font-normal">{PURPOSE_NAMES[purpose]}</RowHead>
              <YearCells figures={figures} />
            </Row>
          ))}
        </tbody>
        <TableFoot>
          <Row strong>
            <RowHead>Total</RowHead>
            <YearCells figures={fiscalYear.total} />
          </Row>
        </TableFoot>
      </Table>
    </Card>
  );
}

function YearCells({ figures }: { readonly figures: ForecastFigures }) {
  const { actual, expected, forecast, forecastBeforeCredits, range } = figures;
  return (
    <>
      <Cell figures>
        <Amount value={actual} />
      </Cell>
      <Cell figures className="max-sm:hidden">
        {expected ? <Amount value={expected} tone="muted" /> : <NotApplicable />}
      </Cell>
      <Cell figures>
        {forecast ? <Amount value={forecast} state="forecast" /> : <NotApplicable />}
        <RangeText range={range} />
        <BeforeCredits cost={forecast} before={forecastBeforeCredits} />
      </Cell>
    </>
  );
}

/** The interval under a forecast, in words. */
export function RangeText({ range }: { readonly range: Range | null }) {
  const locale = useLocale();
  if (range === null) return null;
  return (
    <span className="block whitespace-normal font-normal text-muted text-small">
      80 % in {moneyText(range.low, locale)} to {moneyText(range.high, locale)}
    </span>
  );
}
