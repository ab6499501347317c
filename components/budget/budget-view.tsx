"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { AlertsStrip } from "@/components/budget/alerts-strip";
import { BridgeCard } from "@/components/budget/bridge-card";
import {
  budgetQuestionOf,
  budgetViewOf,
  cellOf,
  cellText,
  ledgerFilterOf,
  type OpenCell,
} from "@/components/budget/budget-address";
import { groupName } from "@/components/budget/budget-groups";
import { BudgetTable } from "@/components/budget/budget-table";
import { CoverageCard } from "@/components/budget/coverage-card";
import { EntriesSheet } from "@/components/budget/entries-sheet";
import { ExportMenu } from "@/components/budget/export-menu";
import { FirstSteps } from "@/components/budget/first-steps";
import { LineCard } from "@/components/budget/line-card";
import { MonthBrief } from "@/components/budget/month-brief";
import { UnclassifiedStrip } from "@/components/budget/unclassified-strip";
import { ViewControls } from "@/components/budget/view-controls";
import { YearPicture } from "@/components/budget/year-picture";
import { ChangesSheet } from "@/components/changes/changes-sheet";
import { useMonth } from "@/components/shell/period";
import { useAddressParam } from "@/components/shell/use-address";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { budgetQuery } from "@/lib/budget/queries";
import type { Budget, BudgetGrouping } from "@/lib/budget/schema";
import { BUDGET_PERIOD_NAMES } from "@/lib/domain/budget-period";
import { monthText } from "@/lib/domain/date-text";
import { PURPOSES } from "@/lib/domain/facts";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { bridgeQuery, coverageQuery } from "@/lib/ledger/queries";

type BudgetViewProps = {
  readonly currentMonth: Month;
  readonly fiscalYearStart: number;
  /** What the rows may be: no teams while there is one, and so on. */
  readonly groupings: readonly BudgetGrouping[];
  readonly rights: {
    readonly enter: boolean;
    readonly classify: boolean;
    readonly export: boolean;
    /** Sees what is planned. */
    readonly plan: boolean;
    readonly forecast: boolean;
    readonly demo: boolean;
  };
};

/** The two lines: how they do, how it went, and what they are made of. */
export function BudgetView(props: BudgetViewProps) {
  const month = useMonth(props.currentMonth);
  const [basis] = useAddressParam("basis");
  const [by] = useAddressParam("by");
  const [period] = useAddressParam("period");
  const view = budgetViewOf({ basis, by, period });
  const question = budgetQuestionOf(month, view, props.fiscalYearStart);
  const budget = useQuery({ ...budgetQuery(question), placeholderData: keepPreviousData });
  const { rights } = props;

  return (
    <>
      <PageHeader
        title="Budget"
        actions={
          <>
            <ViewControls view={view} groupings={props.groupings} />
            {rights.forecast && <LinkButton href="/budget/forecast">Forecast</LinkButton>}
            {rights.plan && <LinkButton href="/budget/plan">Plan</LinkButton>}
            {rights.export && (
              <ExportMenu
                {...question}
                month={month}
                period={BUDGET_PERIOD_NAMES[view.period]}
                basis={view.basis}
                groupings={props.groupings}
              />
            )}
          </>
        }
      />
      {budget.isPending && <Skeleton className="h-96" />}
      {budget.isError && (
        <ErrorState
          title="The budget could not be read"
          onRetry={() => budget.refetch()}
          retrying={budget.isFetching}
        >
          {budget.error.message}
        </ErrorState>
      )}
      {budget.data && <Lines {...props} budget={budget.data} month={month} view={view} />}
    </>
  );
}

type LinesProps = BudgetViewProps & {
  readonly budget: Budget;
  readonly month: Month;
  readonly view: ReturnType<typeof budgetViewOf>;
};

function Lines({ budget, month, view, currentMonth, fiscalYearStart, rights }: LinesProps) {
  const { from, to } = budgetQuestionOf(month, view, fiscalYearStart);
  const coverage = useQuery({ ...coverageQuery({ from, to }), placeholderData: keepPreviousData });
  const bridge = useQuery({ ...bridgeQuery(month), placeholderData: keepPreviousData });
  const [openText, setOpen] = useAddressParam("entries");
  const open = cellOf(openText);
  const [changedText, setChanged] = useAddressParam("changes");
  const changed = PURPOSES.find((purpose) => purpose === changedText);
  const openCell = (cell: OpenCell) => setOpen(cellText(cell));

  const empty = budget.total.months.every(({ actual, budgeted }) => actual.minor === 0 && budgeted === null);
  if (empty && coverage.data?.contracts.length === 0) return <FirstSteps rights={rights} />;

  const unclassified = budget.lines
    .find(({ purpose }) => purpose === "unclassified")
    ?.months.find((one) => one.month === month)?.actual;
  const unclassifiedCell: OpenCell = { purpose: "unclassified", month, group: "all" };

  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-3 md:grid-cols-2">
        {budget.lines.map((line) => (
          <LineCard
            key={line.purpose}
            line={line}
            month={month}
            fiscalYearStart={fiscalYearStart}
            running={month >= currentMonth}
            onOpen={() => openCell({ purpose: line.purpose, month, group: "all" })}
            onChanges={() => setChanged(line.purpose)}
          />
        ))}
      </div>
      {unclassified && unclassified.minor !== 0 && (
        <UnclassifiedStrip
          amount={unclassified}
          filter={ledgerFilterOf(unclassifiedCell, { from, to }, view)}
          mayClassify={rights.classify}
          onOpen={() => openCell(unclassifiedCell)}
        />
      )}
      {rights.plan && <AlertsStrip month={month} />}
      <MonthBrief coverage={coverage.data} month={month} currentMonth={currentMonth} />
      <YearPicture title={BUDGET_PERIOD_NAMES[view.period]} budget={budget} month={month} />
      <BudgetTable budget={budget} coverage={coverage.data} month={month} open={open} onOpen={openCell} />
      <div className="grid items-start gap-3 xl:grid-cols-[minmax(0,1fr)_24rem]">
        {coverage.data && coverage.data.contracts.length > 0 && (
          <CoverageCard coverage={coverage.data} month={month} />
        )}
        {bridge.data && (
          <BridgeCard bridge={bridge.data} {...(view.basis === "effective" && { onOpen: openCell })} />
        )}
      </div>
      {changed && <ChangesSheet purpose={changed} month={month} onClose={() => setChanged(null)} />}
      {open && (
        <EntriesSheet
          title={titleOf(open, budget)}
          filter={ledgerFilterOf(open, { from, to }, view)}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function titleOf({ purpose, month, group }: OpenCell, budget: Budget): string {
  return [
    purpose === "all" ? "All lines" : PURPOSE_NAMES[purpose],
    ...(group === "all" ? [] : [groupName(budget, group)]),
    month === "all" ? `${monthText(budget.from)} to ${monthText(budget.to)}` : monthText(month),
  ].join(", ");
}
