"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { BreakEvenDetails } from "@/components/advice/break-even-details";
import { BreakEvenSheet } from "@/components/advice/break-even-sheet";
import { BreakEvenTable } from "@/components/advice/break-even-table";
import { GroupTable } from "@/components/advice/group-table";
import { useMonth } from "@/components/shell/period";
import { useAddressParam } from "@/components/shell/use-address";
import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { LoadMore } from "@/components/ui/load-more";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { breakEvenQuery } from "@/lib/break-even/queries";
import { BREAK_EVEN_OF, type BreakEvenOf, type BreakEvenReport } from "@/lib/break-even/schema";
import { verdictsText } from "@/lib/domain/break-even-words";
import { dateText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type BreakEvenViewProps = {
  readonly currentMonth: Month;
  /** Whether the reader sees the plans of other people too. */
  readonly seesOthers: boolean;
};

const NAMES: Readonly<Record<BreakEvenOf, string>> = {
  members: "People",
  teams: "Teams",
  subscriptions: "Subscriptions",
};

/** Which flat plans pay off, by person, team or contract. */
export function BreakEvenView({ currentMonth, seesOthers }: BreakEvenViewProps) {
  const month = useMonth(currentMonth);
  const [by, setBy] = useAddressParam("by");
  const [who, setWho] = useAddressParam("who");
  const of = BREAK_EVEN_OF.find((each) => each === by) ?? "members";
  const report = useInfiniteQuery(breakEvenQuery({ of, month }));
  const [first] = report.data?.pages ?? [];
  const rows = report.data?.pages.flatMap(({ data }) => data) ?? [];
  const groups = report.data?.pages.flatMap((page) => page.groups) ?? [];
  const [only] = rows;
  const isOwn = !seesOthers && rows.length === 1 && only !== undefined;

  return (
    <div className="flex flex-col gap-3">
      {first && <Summary report={first} seesOthers={seesOthers} />}
      <Card flush label="Break-even">
        {seesOthers && (
          <div className="px-4 py-3">
            <SegmentedControl
              label="Break-even of"
              options={BREAK_EVEN_OF.map((value) => ({ value, label: NAMES[value] }))}
              value={of}
              onChange={(value) => setBy(value === "members" ? null : value)}
            />
          </div>
        )}
        {first && first.personAnalysis !== "on" && seesOthers && <HiddenPeople report={first} />}
        {report.isPending && <Skeleton className="h-64" />}
        {report.isError && (
          <ErrorState title="The break-even could not be read" onRetry={() => report.refetch()}>
            {report.error.message}
          </ErrorState>
        )}
        {first && rows.length + groups.length === 0 && (
          <EmptyState
            title="Nothing to compare yet"
            actions={<LinkButton href="/usage">Go to Usage</LinkButton>}
          >
            Here each seat stands beside what its use would have cost in tokens. It needs who holds which
            seat, and what they used: logs of Claude Code or a provider&rsquo;s export.
          </EmptyState>
        )}
        {first && rows.length > 0 && (
          <BreakEvenTable
            currency={first.currency}
            rows={rows}
            onOpen={({ person, serviceProvider }) => setWho(`members:${person.id}:${serviceProvider.id}`)}
          />
        )}
        {first && groups.length > 0 && (
          <GroupTable
            name={of === "teams" ? "Team" : "Subscription"}
            currency={first.currency}
            groups={groups}
            onOpen={({ group, serviceProvider }) => setWho(`${of}:${group.id}:${serviceProvider.id}`)}
          />
        )}
        {report.hasNextPage && (
          <LoadMore
            shown={rows.length + groups.length}
            noun={NAMES[of].toLowerCase()}
            hasMore
            loading={report.isFetchingNextPage}
            onMore={() => report.fetchNextPage()}
          />
        )}
      </Card>
      {isOwn && (
        <Card label="Your plan">
          <BreakEvenDetails
            asked={{ of: "members", id: only.person.id, serviceProviderId: only.serviceProvider.id, month }}
          />
        </Card>
      )}
      <BreakEvenSheet who={who} month={month} onClose={() => setWho(null)} />
    </div>
  );
}

function Summary({ report, seesOthers }: { readonly report: BreakEvenReport; readonly seesOthers: boolean }) {
  const { total, from, to, on } = report;
  if (Object.keys(total.verdicts).length === 0) return null;
  return (
    <Card label="What could be saved">
      <p className="flex flex-wrap items-baseline gap-x-2.5">
        <Amount value={total.saving} withCurrency className="font-bold text-figure" />
        <span className="text-muted">a month could be saved</span>
      </p>
      <p className="mt-1">
        {seesOthers ? "Plans by verdict: " : "Verdict: "}
        {verdictsText(total.verdicts)}.
      </p>
      <p className="mt-1 text-muted text-small">
        From {monthText(from)} to {monthText(to)}, at the seats and prices of {dateText(on)}, without tax. An
        API-equivalent is what the use that a seat includes would have cost at API list prices; it was never
        spent. Use that no file told, such as chats, is not in it.
      </p>
    </Card>
  );
}

function HiddenPeople({ report }: { readonly report: BreakEvenReport }) {
  const { personAnalysis, hiddenPeople, minimumGroupSize } = report;
  const shown = personAnalysis === "off" ? "People are not shown apart" : "People are shown under pseudonyms";
  return (
    <p className="px-4 pb-3 text-muted text-small">
      {shown}, as the organization chose, and no group of fewer than {minimumGroupSize}.
      {hiddenPeople > 0 && ` ${hiddenPeople} more are only in the totals.`}
    </p>
  );
}
