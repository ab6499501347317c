"use client";

import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import { limitText, maximumText } from "@/lib/domain/forecast-words";
import type { Forecast } from "@/lib/forecast/schema";

/** The most that each provider can bill for the running month, and what its spend limits stop. */
export function LimitsCard({ forecast }: { readonly forecast: Forecast }) {
  const { maximumBills, spendLimits, today } = forecast;
  const locale = useLocale();
  const [first] = maximumBills;
  if (!first) return null;

  return (
    <Card flush labelledBy="maximum">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 px-4 pt-3 pb-1">
        <h2 id="maximum" className="font-bold">
          Maximum possible bill
        </h2>
        <p className="text-muted">{monthText(first.month)}</p>
      </div>
      <Table caption={`The most that each provider can bill for ${monthText(first.month)}`} divided>
        <TableHead>
          <tr>
            <Column>Provider</Column>
            <Column figures>At most</Column>
          </tr>
        </TableHead>
        <tbody>
          {maximumBills.map((bill) => (
            <Row key={`${bill.serviceProvider.id} ${bill.currency}`}>
              <RowHead className="font-normal">
                <bdi className="text-ink">{bill.serviceProvider.name}</bdi>
                <span className="block text-muted text-small">
                  {maximumText({ ...bill, unlimited: bill.unlimited.map(({ name }) => name) }, locale)}
                </span>
              </RowHead>
              <Cell figures>
                {bill.maximum ? (
                  <Amount value={bill.maximum} withCurrency />
                ) : (
                  <span className="whitespace-nowrap text-muted">no maximum</span>
                )}
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      {spendLimits.length > 0 && (
        <ul className="flex flex-col gap-1 border-line border-t px-4 py-3">
          {spendLimits.map((limit) => (
            <li key={limit.account.id}>
              <bdi className="font-bold">{limit.account.name}</bdi>{" "}
              <span className={limit.reachedOn === null ? "text-muted" : "text-danger"}>
                {limitText({ ...limit, today }, locale)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
