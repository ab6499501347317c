import { Amount } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { BreakEvenDetail } from "@/lib/break-even/schema";

/** The use beside every plan that could be held, from the cheapest up. */
export function PlanTable({ detail: { plans, currency, subject } }: { readonly detail: BreakEvenDetail }) {
  return (
    <section aria-labelledby="plans-beside">
      <h3 id="plans-beside" className="mb-1 font-bold">
        Beside every plan, {currency} a month
      </h3>
      <div className="-mx-4">
        <Table caption={`${subject.name}'s use beside every plan, in ${currency} a month`} divided>
          <TableHead>
            <tr>
              <Column>Plan</Column>
              <Column figures>Price</Column>
              <Column figures>The use is worth</Column>
            </tr>
          </TableHead>
          <tbody>
            {plans.map(({ plan, held, price, difference }) => (
              <Row key={plan.id}>
                <RowHead className="font-normal text-ink">
                  <bdi>{plan.name}</bdi> {held && <Badge>held</Badge>}
                </RowHead>
                <Cell figures>
                  <Amount value={price} />
                </Cell>
                <Cell figures>
                  <Amount value={{ ...difference, minor: Math.abs(difference.minor) }} />{" "}
                  <span className="text-muted">{difference.minor >= 0 ? "more" : "less"}</span>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="mt-1 text-muted text-small">
        List prices in force, of plans sold by the same interval. How much use a plan includes is not said in
        tokens, so a larger one is advised only when limits stop the work or use is charged on top.
      </p>
    </section>
  );
}
