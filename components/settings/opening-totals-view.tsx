"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";

import { OpeningTotalForm } from "@/components/settings/opening-total-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { monthText } from "@/lib/domain/date-text";
import { BILLING_MODEL_NAMES, PURPOSE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";
import { OPENING_TOTALS_PATH, openingTotalsQuery } from "@/lib/opening-totals/queries";
import type { OpeningTotal, OpeningTotals } from "@/lib/opening-totals/schema";

/** What the months before the books begin came to, so that the budget has something to compare with. */
export function OpeningTotalsView({ mayWrite }: { readonly mayWrite: boolean }) {
  const totals = useQuery(openingTotalsQuery());
  if (totals.isPending) return <Skeleton className="h-40" />;
  if (totals.isError) {
    return (
      <ErrorState title="The opening totals could not be read" onRetry={() => totals.refetch()}>
        {totals.error.message}
      </ErrorState>
    );
  }
  const { data, currency, booksStart } = totals.data;

  return (
    <SettingsSection
      title="Opening totals"
      note={`What months before ${monthText(booksStart)} came to. The budget shows them as billed, for whatever else is known of those months; they have no entries and are not closed.`}
    >
      <Card flush className="max-w-4xl">
        {data.length > 0 ? (
          <TotalsTable totals={data} currency={currency} mayWrite={mayWrite} />
        ) : (
          <EmptyState title="No opening totals">
            The months before the books begin stay empty in the budget until you state what they came to.
          </EmptyState>
        )}
        {mayWrite && (
          <div data-print="hide" className="border-line border-t px-4 py-3">
            <OpeningTotalForm currency={currency} booksStart={booksStart} />
          </div>
        )}
      </Card>
    </SettingsSection>
  );
}

type TotalsTableProps = {
  readonly totals: readonly OpeningTotal[];
  readonly currency: string;
  readonly mayWrite: boolean;
};

function TotalsTable({ totals, currency, mayWrite }: TotalsTableProps) {
  return (
    <Table caption="Opening totals" divided>
      <TableHead>
        <tr>
          <Column pinned>Month</Column>
          <Column>Line</Column>
          <Column>Team</Column>
          <Column>Billing</Column>
          <Column figures>{currency}</Column>
          {mayWrite && (
            <Column>
              <span className="sr-only">Remove</span>
            </Column>
          )}
        </tr>
      </TableHead>
      <tbody>
        {totals.map((total) => (
          <Row key={total.id}>
            <RowHead pinned className="whitespace-nowrap font-normal">
              {monthText(total.month)}
            </RowHead>
            <Cell>{PURPOSE_NAMES[total.purpose]}</Cell>
            <Cell>{total.team?.name ?? <span className="text-muted">No team</span>}</Cell>
            <Cell>{BILLING_MODEL_NAMES[total.billingModel]}</Cell>
            <Cell figures>
              <Amount value={total.amount} />
            </Cell>
            {mayWrite && (
              <Cell className="text-right">
                <RemoveTotal total={total} />
              </Cell>
            )}
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function RemoveTotal({ total: { month, team, purpose, billingModel } }: { readonly total: OpeningTotal }) {
  const toast = useToast();
  const row = { month, teamId: team?.id ?? null, purpose, billingModel, amountMinor: null };
  const remove = useSave(
    () => sendJson<OpeningTotals>(OPENING_TOTALS_PATH, { method: "PUT", body: { rows: [row] } }),
    { invalidates: [openingTotalsQuery().queryKey, ["budget"], ["organization"]] },
  );
  const what = `${monthText(month)}, ${PURPOSE_NAMES[purpose]}, ${team?.name ?? "no team"}`;
  return (
    <IconButton
      label={`Remove ${what}`}
      busy={remove.isPending}
      onClick={() => remove.mutate(undefined, { onError: ({ message }) => toast({ title: message }) })}
    >
      <Trash2 aria-hidden className="size-4" />
    </IconButton>
  );
}
