import Link from "next/link";

import { Amount, MissingAmount } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { changeText, costText, noticeText, type RenewalWords, seatsText } from "@/lib/domain/renewal-words";
import type { RenewalRow, Renewals } from "@/lib/renewals/schema";

/** Each renewal in the order of its day, with its last day to act; the name opens the contract that says so. */
export function RenewalsTable({ renewals: { data, currency } }: { readonly renewals: Renewals }) {
  return (
    <Table caption={`What renews when, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>Renews on</Column>
          <Column>Contract</Column>
          <Column className="max-md:hidden">Last day to act</Column>
          <Column figures>{currency}</Column>
        </tr>
      </TableHead>
      <tbody>
        {data.map((row) => (
          <RenewalCells key={`${row.subscription.id} ${row.renewsOn}`} row={row} />
        ))}
      </tbody>
    </Table>
  );
}

function RenewalCells({ row }: { readonly row: RenewalRow }) {
  const locale = useLocale();
  const { subscription, serviceProvider, team, renewsOn, every, passed, baseCost } = row;
  const words: RenewalWords = {
    ...row,
    name: subscription.name,
    serviceProvider: serviceProvider.name,
    seats: row.seats.map(({ plan, ...seats }) => ({ ...seats, plan: plan.name })),
  };
  const change = changeText(words, locale);
  return (
    <Row>
      <RowHead className="whitespace-nowrap align-top font-normal text-ink">
        {dateText(renewsOn)}
        <span className="block text-muted text-small">every {every}</span>
      </RowHead>
      <Cell className="align-top">
        <Link
          href={`/seats?subscription=${subscription.id}`}
          className="rounded-sm font-bold hover:underline"
        >
          <bdi>{subscription.name}</bdi>
        </Link>{" "}
        <span className="text-muted text-small">
          {serviceProvider.name}, {team.name}
        </span>
        <span className="block text-muted text-small">{seatsText(words, locale)}</span>
        {change !== "" && <span className="block text-small text-warning">{change}</span>}
        <span className="mt-0.5 block text-small md:hidden">
          <LastDay row={row} />
        </span>
      </Cell>
      <Cell className="align-top max-md:hidden">
        <LastDay row={row} />
        <span className="block text-muted text-small">{noticeText(row)}</span>
      </Cell>
      <Cell figures className="align-top">
        {baseCost ? (
          <Amount value={baseCost} className="font-bold" tone={passed ? "muted" : "plain"} />
        ) : (
          <MissingAmount reason="no exchange rate of today" href="/settings/exchange-rates" />
        )}
        {(row.intervals > 1 ||
          !baseCost ||
          row.costs.some((cost) => cost.currency !== baseCost.currency)) && (
          <span className="block whitespace-normal font-normal text-muted text-small">
            {costText(words, locale)}
          </span>
        )}
      </Cell>
    </Row>
  );
}

function LastDay({ row: { cancelBy, passed } }: { readonly row: RenewalRow }) {
  return (
    <>
      <span className="sr-only md:not-sr-only">
        <span className="md:hidden">Last day to act </span>
      </span>
      {dateText(cancelBy)} {passed && <Badge tone="warning">is over</Badge>}
    </>
  );
}
