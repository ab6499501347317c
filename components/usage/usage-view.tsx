"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useMemo, useState } from "react";

import { type Command, useRegisterCommands } from "@/components/shell/commands";
import { useMonth } from "@/components/shell/period";
import { useAddressParam } from "@/components/shell/use-address";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { ImportSheet } from "@/components/usage/import-sheet";
import { measuresOf } from "@/components/usage/measures";
import { UnmatchedCard } from "@/components/usage/unmatched-card";
import { groupOf, UsageBar } from "@/components/usage/usage-bar";
import { UsagePicture } from "@/components/usage/usage-picture";
import { UsageRowsSheet } from "@/components/usage/usage-rows-sheet";
import { UsageTable } from "@/components/usage/usage-table";
import { countText, tokensText } from "@/components/usage/usage-words";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { unmatchedQuery } from "@/lib/identities/queries";
import { importsQuery } from "@/lib/imports/queries";
import { type UsageRowsAsked, usageQuery } from "@/lib/usage/queries";
import type { UsageReport } from "@/lib/usage/schema";

type UsageViewProps = {
  readonly currentMonth: Month;
  readonly mayImport: boolean;
  /** Whether the reader sees the use of other people too. */
  readonly seesOthers: boolean;
};

/** What was really used: by person, model, provider, account, product and day, and the files that say so. */
export function UsageView({ currentMonth, mayImport, seesOthers }: UsageViewProps) {
  const month = useMonth(currentMonth);
  const [by, setBy] = useAddressParam("by");
  const [show, setShow] = useAddressParam("show");
  const [sheet, openSheet] = useAddressParam("import");
  const [rows, setRows] = useState<{ title: string; asked: UsageRowsAsked } | null>(null);
  const groupBy = groupOf(by);
  const usage = useQuery(usageQuery({ from: month, to: month, groupBy }));
  const measures = usage.data ? measuresOf(usage.data.total.trend) : [];
  const measure = measures.find(({ id }) => id === show) ?? measures[0];
  const withoutPeople = seesOthers && usage.data !== undefined && usage.data.personAnalysis !== "on";
  const unmatched = useQuery({ ...unmatchedQuery(), enabled: mayImport });
  const imports = useInfiniteQuery({ ...importsQuery(), enabled: mayImport });
  const waiting = imports.data?.pages
    .flatMap(({ data }) => data)
    .filter(({ state }) => state === "ready" || state === "asking");
  const commands = useMemo(
    (): readonly Command[] =>
      mayImport
        ? [{ id: "import-files", label: "Import files", group: "Usage", href: "/usage?import=1" }]
        : [],
    [mayImport],
  );
  useRegisterCommands(commands);

  return (
    <div className="flex flex-col gap-3">
      <PageHeader
        title="Usage"
        note={monthText(month)}
        actions={
          mayImport && (
            <Button variant="primary" onClick={() => openSheet("1")}>
              <FileUp aria-hidden />
              Import files
            </Button>
          )
        }
      />
      {(waiting?.length ?? 0) > 0 && (
        <Banner
          title={`${countText(waiting?.length ?? 0)} ${waiting?.length === 1 ? "file waits" : "files wait"}`}
          actions={<Button onClick={() => openSheet("1")}>Look at them</Button>}
        >
          Read, and not in the books yet.
        </Banner>
      )}
      {sheet === null && unmatched.data && unmatched.data.length > 0 && (
        <UnmatchedCard identities={unmatched.data} />
      )}
      <Card flush label="Usage">
        <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
          <UsageBar
            groupBy={groupBy}
            onGroup={(value) => setBy(value === "model" ? null : value)}
            measures={measures}
            measure={measure}
            onMeasure={(id) => setShow(id === measures[0]?.id ? null : id)}
          />
          {usage.data && usage.data.total.unpricedTokens > 0 && (
            <span className="text-small text-warning">
              {tokensText(usage.data.total.unpricedTokens)} tokens of models whose price is unknown
            </span>
          )}
        </div>
        {withoutPeople && usage.data && (
          <p className="px-4 pb-3 text-muted text-small">{peopleText(usage.data)}</p>
        )}
        {usage.data && measure && <UsagePicture report={usage.data} measure={measure} month={month} />}
        {usage.isPending && <Skeleton className="h-64" />}
        {usage.isError && (
          <ErrorState title="The usage could not be read" onRetry={() => usage.refetch()}>
            {usage.error.message}
          </ErrorState>
        )}
        {usage.data &&
          (usage.data.groups.length > 0 ? (
            <UsageTable
              report={usage.data}
              measure={measure}
              onRows={(title, asked) => setRows({ title, asked: { from: month, to: month, ...asked } })}
            />
          ) : (
            <EmptyState
              title={`No usage in ${monthText(month)}`}
              actions={mayImport && <Button onClick={() => openSheet("1")}>Import files</Button>}
            >
              Exports of the Anthropic Console, claude.ai, OpenAI, Copilot and Cursor say who used what. With
              them, an invoice for a whole account splits itself, and a month without an invoice is estimated.
            </EmptyState>
          ))}
      </Card>
      <ImportSheet open={sheet !== null && mayImport} onClose={() => openSheet(null)} />
      {rows && (
        <UsageRowsSheet
          title={rows.title}
          asked={rows.asked}
          withoutPeople={withoutPeople}
          onClose={() => setRows(null)}
        />
      )}
    </div>
  );
}

/** What the organization chose, where it chose not to show people. */
function peopleText({ personAnalysis, minimumGroupSize }: UsageReport): string {
  const people =
    personAnalysis === "off" ? "People are shown only together" : "People are shown under pseudonyms";
  return `${people}, as the organization chose. What fewer than ${minimumGroupSize} other people used is in one sum with others.`;
}
