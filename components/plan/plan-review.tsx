"use client";

import { useQuery } from "@tanstack/react-query";

import { PLAN_KEYS, targetName } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { GRID_PATH } from "@/lib/budgets/queries";
import { type BudgetGrid, type GridChange, type GridChangeResult, targetText } from "@/lib/budgets/schema";
import { type Money, money, sumMinor } from "@/lib/domain/money";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";

type PlanReviewProps = {
  readonly grid: BudgetGrid;
  readonly rows: GridChange["rows"];
  readonly onClose: () => void;
  readonly onSaved: () => void;
};

/** What saving would change, before it does. */
export function PlanReview({ grid, rows, onClose, onSaved }: PlanReviewProps) {
  const toast = useToast();
  const { id: versionId, version } = grid.version;
  const send = (dryRun: boolean) =>
    sendJson<GridChangeResult>(GRID_PATH, { method: "PUT", version, body: { versionId, rows, dryRun } });
  const trial = useQuery({
    queryKey: ["budget-trial", versionId, version, rows],
    queryFn: () => send(true),
    gcTime: 0,
  });
  const save = useSave(() => send(false), { invalidates: PLAN_KEYS });
  const error = save.error ?? trial.error;

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="What this changes"
      width="wide"
      footer={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={!trial.data}
            onClick={() =>
              save.mutate(undefined, {
                onSuccess: () => {
                  toast({ title: "The budget was saved" });
                  onSaved();
                },
              })
            }
          >
            Save
          </Button>
        </>
      }
    >
      <FieldError id="plan-review-error" error={error?.message} />
      {trial.data && <Changes result={trial.data} currency={grid.currency} />}
    </Dialog>
  );
}

function Changes({ result, currency }: { readonly result: GridChangeResult; readonly currency: string }) {
  const targets = [
    ...Map.groupBy(result.changes, ({ team, product, purpose }) =>
      targetText({ teamId: team?.id ?? null, productId: product?.id ?? null, purpose }),
    ).values(),
  ];
  return (
    <Table caption={`What changes in the year, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column pinned>{currency}</Column>
          <Column figures>Months</Column>
          <Column figures>Before</Column>
          <Column figures>After</Column>
          <Column figures>Change</Column>
        </tr>
      </TableHead>
      <tbody>
        {targets.map((changes) => {
          const [first] = changes;
          if (!first) return null;
          const sum = (pick: (one: (typeof changes)[number]) => number | null) =>
            money(sumMinor(changes.map((one) => pick(one) ?? 0)), currency);
          const name = `${targetName(first)}, ${PURPOSE_NAMES[first.purpose].toLowerCase()}`;
          return (
            <ChangeRow
              key={name}
              name={name}
              months={changes.length}
              before={sum((one) => one.beforeMinor)}
              after={sum((one) => one.afterMinor)}
            />
          );
        })}
        {result.lines.map(({ purpose, before, after }) => (
          <ChangeRow
            key={purpose}
            name={`${PURPOSE_NAMES[purpose]}, year`}
            before={before}
            after={after}
            strong
          />
        ))}
      </tbody>
    </Table>
  );
}

type ChangeRowProps = {
  readonly name: string;
  readonly months?: number;
  readonly before: Money;
  readonly after: Money;
  readonly strong?: boolean;
};

function ChangeRow({ name, months, before, after, strong = false }: ChangeRowProps) {
  return (
    <Row strong={strong}>
      <RowHead pinned className={strong ? undefined : "font-normal"}>
        {name}
      </RowHead>
      <Cell figures>{months}</Cell>
      <Cell figures>
        <Amount value={before} />
      </Cell>
      <Cell figures>
        <Amount value={after} />
      </Cell>
      <Cell figures>
        <Amount value={money(after.minor - before.minor, after.currency)} withSign />
      </Cell>
    </Row>
  );
}
