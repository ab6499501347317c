import { MaybeAmount } from "@/components/advice/break-even-table";
import { AmountAction } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { BreakEvenDetail, BreakEvenMonth } from "@/lib/break-even/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Money } from "@/lib/domain/money";
import type { UsageRowsAsked } from "@/lib/usage/queries";

/** What opens behind an amount: rows of usage, or entries of the books. */
export type Evidence =
  | { readonly kind: "usage"; readonly title: string; readonly asked: UsageRowsAsked }
  | { readonly kind: "entries"; readonly title: string; readonly filter: Readonly<Record<string, string>> };

type BreakEvenMonthsProps = {
  readonly detail: BreakEvenDetail;
  readonly onEvidence: (evidence: Evidence) => void;
};

/** The picture in figures, the last month first; each amount opens what it is made of. */
export function BreakEvenMonths({ detail, onEvidence }: BreakEvenMonthsProps) {
  const { months, currency, subject, of, serviceProvider, group } = detail;
  const entriesOf = { members: "memberId", teams: "teamId", subscriptions: "subscriptionId" }[of];
  const used = (month: string): Evidence => ({
    kind: "usage",
    title: `${subject.name}, ${serviceProvider.name}, ${monthText(month)}`,
    asked: { from: month, to: month, memberId: subject.id, serviceProviderId: serviceProvider.id },
  });
  const booked = (month: string): Evidence => ({
    kind: "entries",
    title: `Seats of ${subject.name}, ${monthText(month)}`,
    filter: {
      ...{ month, [entriesOf]: subject.id, serviceProviderId: serviceProvider.id },
      ...{ billingModel: "flat", corrections: "none" },
    },
  });
  const openUse = (value: Money | null, { month }: BreakEvenMonth, what: string) =>
    value === null || group !== null || value.minor === 0 ? (
      <MaybeAmount value={value} muted={what === "API-equivalent"} />
    ) : (
      <AmountAction
        value={value}
        describes={`rows of the ${what} of ${monthText(month)}`}
        onClick={() => onEvidence(used(month))}
      />
    );
  return (
    <section aria-labelledby="break-even-months">
      <h3 id="break-even-months" className="mb-1 font-bold">
        By month, {currency}
      </h3>
      <div className="-mx-4">
        <Table caption={`${subject.name} by month, in ${currency}`} divided>
          <TableHead>
            <tr>
              <Column>Month</Column>
              <Column figures>Active days</Column>
              <Column figures>API-equivalent</Column>
              <Column figures>Price of seats</Column>
              <Column figures>Spent on top</Column>
              <Column figures>Spent on keys</Column>
              <Column figures>Seats in the books</Column>
            </tr>
          </TableHead>
          <tbody>
            {months.toReversed().map((row) => (
              <Row key={row.month}>
                <RowHead className="whitespace-nowrap font-normal text-ink">
                  {monthText(row.month)}
                  {row.unpriced && (
                    <span className="block text-small text-warning">some use without a price</span>
                  )}
                </RowHead>
                <Cell figures>{row.activeDays}</Cell>
                <Cell figures>{openUse(row.apiEquivalent, row, "API-equivalent")}</Cell>
                <Cell figures>
                  <MaybeAmount value={row.seatPrice} />
                </Cell>
                <Cell figures>{openUse(row.onTop, row, "use on top")}</Cell>
                <Cell figures>{openUse(row.metered, row, "use of keys")}</Cell>
                <Cell figures>
                  <AmountAction
                    value={row.seatCost}
                    describes={`entries of the seats in ${monthText(row.month)}`}
                    onClick={() => onEvidence(booked(row.month))}
                  />
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="mt-1 text-muted text-small">
        The price is what the contracts ask for the seats held at the month&rsquo;s end, without tax; the
        books hold what was billed or is estimated, tax that is not got back included.
      </p>
    </section>
  );
}
