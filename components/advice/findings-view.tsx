"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { FindingRulesSheet } from "@/components/advice/finding-rules-sheet";
import { FindingSheet } from "@/components/advice/finding-sheet";
import { findingStatusOf } from "@/components/advice/finding-status";
import { FindingsTable } from "@/components/advice/findings-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { FINDING_STATUSES, type FindingStatus } from "@/lib/domain/finding";
import { FINDING_STATUS_NAMES } from "@/lib/domain/misuse-words";
import { findingsQuery } from "@/lib/findings/queries";
import type { Findings } from "@/lib/findings/schema";

type FindingsViewProps = { readonly maySetRules: boolean; readonly mayReadAccounts: boolean };

/** What the rules found: the API for a person's work, a seat behind automation, and what lies between. */
export function FindingsView({ maySetRules, mayReadAccounts }: FindingsViewProps) {
  const [asked, setStatus] = useAddressParam("status");
  const [openId, setOpen] = useAddressParam("finding");
  const [rules, openRules] = useAddressParam("rules");
  const status = findingStatusOf(asked);
  const findings = useInfiniteQuery(findingsQuery(status));
  const [first] = findings.data?.pages ?? [];
  const rows = findings.data?.pages.flatMap(({ data }) => data) ?? [];
  const open = rows.find(({ id }) => id === openId);
  return (
    <div className="flex flex-col gap-3">
      <Card label="What was found">
        <div className="flex flex-wrap items-start justify-between gap-3">
          {first ? <Summary findings={first} /> : <Skeleton className="h-12 w-60" />}
          <Button onClick={() => openRules("1")}>Rules</Button>
        </div>
      </Card>
      <Card flush label="Findings">
        <div className="px-4 py-3">
          <SegmentedControl
            label="Findings by what became of them"
            options={FINDING_STATUSES.map((value) => ({ value, label: SHORT_NAMES[value] }))}
            value={status}
            onChange={(value) => setStatus(value === "open" ? null : value)}
          />
        </div>
        {findings.isPending && <Skeleton className="h-64" />}
        {findings.isError && (
          <ErrorState title="The findings could not be read" onRetry={() => findings.refetch()}>
            {findings.error.message}
          </ErrorState>
        )}
        {first && rows.length === 0 && (
          <EmptyState title={status === "open" ? "Nothing open" : "None"}>{EMPTY_TEXTS[status]}</EmptyState>
        )}
        {first && rows.length > 0 && (
          <FindingsTable currency={first.currency} findings={rows} openId={openId} onOpen={setOpen} />
        )}
        {findings.hasNextPage && (
          <LoadMore
            shown={rows.length}
            noun="findings"
            hasMore
            loading={findings.isFetchingNextPage}
            onMore={() => findings.fetchNextPage()}
          />
        )}
      </Card>
      {open && (
        <FindingSheet
          key={open.id}
          finding={open}
          mayReadAccounts={mayReadAccounts}
          onClose={() => setOpen(null)}
        />
      )}
      {rules !== null && <FindingRulesSheet mayWrite={maySetRules} onClose={() => openRules(null)} />}
    </div>
  );
}

const SHORT_NAMES: Readonly<Record<FindingStatus, string>> = { ...FINDING_STATUS_NAMES, gone: "Gone" };

const EMPTY_TEXTS: Readonly<Record<FindingStatus, string>> = {
  open: "Keys, seats and workspaces that cost more than they need to, or that are a risk, stand here with the rows that prove it. The rules are asked each time this page opens.",
  accepted:
    "What somebody said is as it should be, with their reason. It is raised again if its amount doubles.",
  fixed: "What somebody said is mended. It opens again if a later day proves otherwise.",
  gone: "What the rules no longer find, without anybody having said so.",
};

function Summary({ findings: { open } }: { readonly findings: Findings }) {
  return (
    <div>
      <p>
        <Amount value={open.amount} withCurrency className="font-bold text-figure" />
      </p>
      <p className="text-muted">
        a month at stake or to be saved, in {open.count} open {open.count === 1 ? "finding" : "findings"}
      </p>
    </div>
  );
}
