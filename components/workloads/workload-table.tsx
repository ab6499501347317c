import { Amount } from "@/components/ui/amount";
import { MissingMark } from "@/components/ui/state-mark";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { VerdictBadge } from "@/components/workloads/verdict";
import type { Currency } from "@/lib/domain/currency";
import type { Money } from "@/lib/domain/money";
import type { Workload } from "@/lib/workloads/schema";

type WorkloadTableProps = {
  readonly workloads: readonly Workload[];
  readonly currency: Currency;
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

export function WorkloadTable({ workloads, currency, openId, onOpen }: WorkloadTableProps) {
  return (
    <Table caption={`Workloads, with what each side would cost a month, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>Workload</Column>
          <Column>Verdict</Column>
          <Column className="max-lg:hidden">What decided</Column>
          <Column figures>API a month, {currency}</Column>
          <Column figures>Seats a month, {currency}</Column>
        </tr>
      </TableHead>
      <tbody>
        {workloads.map((workload) => (
          <Row key={workload.id} selected={workload.id === openId}>
            <RowHead className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(workload.id)}
                className="rounded-sm text-left font-bold text-ink hover:underline"
              >
                <bdi>{workload.name}</bdi>
              </button>
              {workload.product && (
                <span className="block text-muted text-small">
                  <bdi>{workload.product.name}</bdi>
                </span>
              )}
            </RowHead>
            <Cell>
              <VerdictBadge verdict={workload.verdict} />
            </Cell>
            <Cell className="text-muted text-small max-lg:hidden">{workload.reasons[0]?.text ?? "·"}</Cell>
            <Cell figures>
              <Cost value={workload.apiCost} />
            </Cell>
            <Cell figures>
              <Cost value={workload.seatsCost} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** What it would cost a month, or that this is not known. */
export function Cost({ value, withCurrency = false }: { value: Money | null; withCurrency?: boolean }) {
  if (value) return <Amount value={value} withCurrency={withCurrency} />;
  return (
    <span className="whitespace-nowrap text-muted" title="A price that it needs is not known.">
      <MissingMark /> missing
    </span>
  );
}
