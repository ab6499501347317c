import { seatsText, wordsOf } from "@/components/advice/advice-words";
import { VerdictBadge } from "@/components/advice/verdict-badge";
import { Amount, MissingAmount, NotApplicable } from "@/components/ui/amount";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { PersonRow } from "@/lib/break-even/schema";
import { reasonText, turnText } from "@/lib/domain/break-even-words";
import type { Money } from "@/lib/domain/money";

type BreakEvenTableProps = {
  readonly currency: string;
  readonly rows: readonly PersonRow[];
  readonly onOpen: (row: PersonRow) => void;
};

/** Each person's plans with what to do about them, and why. */
export function BreakEvenTable({ currency, rows, onOpen }: BreakEvenTableProps) {
  return (
    <Table caption={`Seats beside what their use would have cost, a month, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>Plan of</Column>
          <Column>Verdict</Column>
          <Column figures className="max-lg:hidden">
            Active days
          </Column>
          <Column figures className="max-md:hidden">
            Seats, {currency}
          </Column>
          <Column figures className="max-md:hidden">
            API-equivalent
          </Column>
          <Column figures className="max-lg:hidden">
            Spent on top
          </Column>
          <Column figures>Saves a month</Column>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <PersonCells key={`${row.person.id} ${row.serviceProvider.id}`} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  );
}

function PersonCells({
  row,
  onOpen,
}: {
  readonly row: PersonRow;
  readonly onOpen: (row: PersonRow) => void;
}) {
  const locale = useLocale();
  const { kind, person, serviceProvider, saving, activeDays, seats } = row;
  const words = wordsOf(row);
  const spent = seats.length === 0 ? row.metered : row.onTop;
  return (
    <Row>
      <RowHead className="align-top font-normal">
        {kind === "named" ? (
          <button
            type="button"
            onClick={() => onOpen(row)}
            className="rounded-sm text-left font-bold text-ink hover:underline"
          >
            <bdi>{person.name}</bdi>
            <span className="sr-only">, {serviceProvider.name}</span>
          </button>
        ) : (
          <bdi className="font-bold text-ink">{person.name}</bdi>
        )}
        <span className="block text-muted text-small">
          {seats.length === 0 ? `${serviceProvider.name}, ${seatsText(row)}` : seatsText(row)}
        </span>
      </RowHead>
      <Cell className="min-w-44 max-w-96 align-top">
        <VerdictBadge verdict={row.verdict} />
        {row.plan && <bdi className="ml-2 font-bold">{row.plan.name}</bdi>}
        <span className="mt-0.5 block text-muted text-small">
          {reasonText(words, locale)} {turnText(words, locale)}
        </span>
      </Cell>
      <Cell figures className="align-top max-lg:hidden">
        {activeDays}
      </Cell>
      <Cell figures className="align-top max-md:hidden">
        <MaybeAmount value={row.seatPrice} />
      </Cell>
      <Cell figures className="align-top max-md:hidden">
        <MaybeAmount value={row.apiEquivalent} muted />
      </Cell>
      <Cell figures className="align-top max-lg:hidden">
        <MaybeAmount value={spent} />
      </Cell>
      <Cell figures className="align-top">
        {saving ? <Amount value={saving} className="font-bold" /> : <NotApplicable />}
      </Cell>
    </Row>
  );
}

/** An amount; without a rate it is missing. What was never spent is muted. */
export function MaybeAmount({
  value,
  muted = false,
}: {
  readonly value: Money | null;
  readonly muted?: boolean;
}) {
  if (value === null) return <MissingAmount reason="no exchange rate" href="/settings/exchange-rates" />;
  return <Amount value={value} tone={muted ? "muted" : "plain"} />;
}
