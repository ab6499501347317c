"use client";

import { BeforeCredits } from "@/components/budget/before-credits";
import { RangeText } from "@/components/forecast/year-card";
import { Amount, AmountLegend, NotApplicable } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import { contractText, methodText } from "@/lib/domain/forecast-words";
import type { Forecast, ForecastContract, ForecastFigures } from "@/lib/forecast/schema";

/** Each contract's running month and the rest of the year, with how it is told in words. */
export function ContractForecasts({ forecast }: { readonly forecast: Forecast }) {
  const { contracts, total, currency, from, to } = forecast;
  return (
    <Card flush labelledBy="contracts">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="contracts" className="font-bold">
          How it is told
        </h2>
        <p className="text-muted">{currency}</p>
      </div>
      <Table caption={`The forecast of each contract, in ${currency}`}>
        <TableHead>
          <tr>
            <Column>Contract</Column>
            <Column figures className="max-sm:hidden">
              {monthText(from)} so far
            </Column>
            <Column figures>Lands at</Column>
            <Column figures className="max-sm:hidden">
              To {monthText(to)}
            </Column>
          </tr>
        </TableHead>
        <tbody>
          {contracts.map((contract) => (
            <ContractRows key={contract.contract?.id ?? contract.serviceProvider.id} contract={contract} />
          ))}
        </tbody>
        <TableFoot>
          <Row strong>
            <RowHead>Total</RowHead>
            <FigureCells month={total.months[0]} total={total.total} />
          </Row>
        </TableFoot>
      </Table>
      <div className="border-line border-t px-4 py-2">
        <AmountLegend forecast />
      </div>
    </Card>
  );
}

function ContractRows({ contract }: { readonly contract: ForecastContract }) {
  const locale = useLocale();
  const { kind, serviceProvider, accounts, seats, text } = contract;
  const name = contract.contract?.name ?? (kind === "other" ? "On no contract" : serviceProvider.name);
  return (
    <>
      <Row className="border-line border-t">
        <RowHead className="font-normal">
          <span className="text-muted">{serviceProvider.name} · </span>
          <bdi className="font-bold text-ink">{name}</bdi>
        </RowHead>
        <FigureCells month={contract.months[0]} total={contract.total} />
      </Row>
      <Row>
        <Cell colSpan={4} className="pt-0 pb-3">
          <p className="text-muted text-small">{seats ? contractText(seats, locale) : text}</p>
          {accounts.length > 0 && (
            <ul className="mt-1 flex flex-col gap-1 text-small">
              {accounts.map((account) => (
                <li key={`${account.account?.id ?? ""} ${account.currency}`}>
                  <bdi className="font-bold">{account.account?.name ?? nobody(contract)}</bdi>{" "}
                  <span className="text-muted">{methodText(account)}</span>
                </li>
              ))}
            </ul>
          )}
        </Cell>
      </Row>
    </>
  );
}

const nobody = ({ kind }: ForecastContract): string =>
  kind === "subscription" ? "Use beyond its seats" : "Matched to no account";

function FigureCells({
  month,
  total,
}: {
  readonly month: ForecastFigures | undefined;
  readonly total: ForecastFigures;
}) {
  const lands = (figures: ForecastFigures | undefined) =>
    figures?.forecast ? (
      <>
        <Amount value={figures.forecast} state="forecast" />
        <BeforeCredits cost={figures.forecast} before={figures.forecastBeforeCredits} />
      </>
    ) : (
      <NotApplicable />
    );
  return (
    <>
      <Cell figures className="max-sm:hidden">
        {month ? <Amount value={month.actual} /> : <NotApplicable />}
      </Cell>
      <Cell figures>
        {lands(month)}
        <RangeText range={month?.range ?? null} />
      </Cell>
      <Cell figures className="max-sm:hidden">
        {lands(total)}
      </Cell>
    </>
  );
}
