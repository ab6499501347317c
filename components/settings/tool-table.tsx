import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Tool } from "@/lib/catalogue/schema";

/** Whether a tool rides a seat, burns a key, or both. */
export function ToolTable({ tools }: { readonly tools: readonly Tool[] }) {
  return (
    <Table caption="Tools" divided>
      <TableHead>
        <tr>
          <Column pinned>Tool</Column>
          <Column>On a seat</Column>
          <Column>On an API key</Column>
        </tr>
      </TableHead>
      <tbody>
        {tools.map(({ id, name, ridesSeat, burnsKey }) => (
          <Row key={id}>
            <RowHead pinned className="font-normal">
              {name}
            </RowHead>
            <Cell>{ridesSeat ? "Rides a seat" : "·"}</Cell>
            <Cell>{burnsKey ? "Burns a key" : "·"}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
