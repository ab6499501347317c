import { MaybeAmount } from "@/components/advice/break-even-table";
import { NotApplicable } from "@/components/ui/amount";
import { useToday } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import type { IdleRow } from "@/lib/idle-seats/schema";

type IdleTableProps = {
  readonly currency: string;
  readonly rows: readonly IdleRow[];
  readonly onOpen: (row: IdleRow) => void;
};

/** The seats of each plan, the most exposed first; the name opens them and what can be done. */
export function IdleTable({ currency, rows, onOpen }: IdleTableProps) {
  const today = useToday();
  return (
    <Table caption={`Idle and unassigned seats, a month, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>Contract</Column>
          <Column figures className="max-md:hidden">
            Seats
          </Column>
          <Column figures>Idle</Column>
          <Column figures className="max-sm:hidden">
            Unassigned
          </Column>
          <Column figures>Exposed, {currency}</Column>
          <Column figures className="max-md:hidden">
            Reassignable
          </Column>
          <Column figures className="max-sm:hidden">
            Reducible
          </Column>
          <Column className="max-sm:hidden">Act by</Column>
        </tr>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.subscription.id} ${row.plan.id}`}>
            <RowHead className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(row)}
                className="rounded-sm text-left font-bold text-ink hover:underline"
              >
                <bdi>{row.subscription.name}</bdi>
                <span className="sr-only">, {row.plan.name}</span>
              </button>
              <span className="block text-muted text-small">
                {row.plan.name}, {row.team.name}
              </span>
              {row.actBy && (
                <span className="block text-small sm:hidden">
                  {row.unassigned} unassigned, act by {dateText(row.actBy)}
                </span>
              )}
            </RowHead>
            <Cell figures className="max-md:hidden">
              {row.bought}
            </Cell>
            <Cell figures>
              {row.idle ?? <NotApplicable />}
              {(row.unknown ?? 0) > 0 && (
                <span className="block text-muted text-small">{row.unknown} not known</span>
              )}
            </Cell>
            <Cell figures className="max-sm:hidden">
              {row.unassigned}
            </Cell>
            <Cell figures className="font-bold">
              <MaybeAmount value={row.exposed} />
            </Cell>
            <Cell figures className="max-md:hidden">
              {row.idle === null ? <NotApplicable /> : <MaybeAmount value={row.reassignable} />}
            </Cell>
            <Cell figures className="max-sm:hidden">
              {row.idle === null ? <NotApplicable /> : <MaybeAmount value={row.reducible} />}
            </Cell>
            <Cell className="whitespace-nowrap max-sm:hidden">
              {row.actBy === null ? <NotApplicable /> : dateText(row.actBy)}
              {row.renewsOn && row.actBy && row.actBy >= today && (
                <span className="block text-muted text-small">renews {dateText(row.renewsOn)}</span>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
