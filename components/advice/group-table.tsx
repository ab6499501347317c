import { MaybeAmount } from "@/components/advice/break-even-table";
import { Amount } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { GroupRow } from "@/lib/break-even/schema";
import { verdictsText } from "@/lib/domain/break-even-words";

type GroupTableProps = {
  /** What a group is: "Team". */
  readonly name: string;
  readonly currency: string;
  readonly groups: readonly GroupRow[];
  readonly onOpen: (group: GroupRow) => void;
};

/** The plans of teams, or of contracts, in one sum each. */
export function GroupTable({ name, currency, groups, onOpen }: GroupTableProps) {
  return (
    <Table caption={`${name}s: seats beside what their use would have cost, a month, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>{name}</Column>
          <Column className="max-md:hidden">Verdicts</Column>
          <Column figures className="max-sm:hidden">
            Seats
          </Column>
          <Column figures>Cost, {currency}</Column>
          <Column figures>API-equivalent</Column>
          <Column figures className="max-lg:hidden">
            Spent on top
          </Column>
          <Column figures className="max-sm:hidden">
            Saves a month
          </Column>
        </tr>
      </TableHead>
      <tbody>
        {groups.map((row) => (
          <Row key={`${row.group.id} ${row.serviceProvider.id}`}>
            <RowHead className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(row)}
                className="rounded-sm text-left font-bold text-ink hover:underline"
              >
                <bdi>{row.group.name}</bdi>
                <span className="sr-only">, {row.serviceProvider.name}</span>
              </button>
              <span className="block text-muted text-small">
                {row.serviceProvider.name}, {row.people} {row.people === 1 ? "person" : "people"}
              </span>
            </RowHead>
            <Cell className="text-muted text-small max-md:hidden">{verdictsText(row.verdicts)}</Cell>
            <Cell figures className="max-sm:hidden">
              {row.seats}
            </Cell>
            <Cell figures>
              <MaybeAmount value={row.seatPrice} />
            </Cell>
            <Cell figures>
              <MaybeAmount value={row.apiEquivalent} muted />
            </Cell>
            <Cell figures className="max-lg:hidden">
              <MaybeAmount value={row.onTop} />
            </Cell>
            <Cell figures className="max-sm:hidden">
              <Amount value={row.saving} className="font-bold" />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
