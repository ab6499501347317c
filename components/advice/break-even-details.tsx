"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { wordsOf } from "@/components/advice/advice-words";
import { BreakEvenMonths, type Evidence } from "@/components/advice/break-even-months";
import { BreakEvenPicture } from "@/components/advice/break-even-picture";
import { MixTable } from "@/components/advice/mix-table";
import { PlanTable } from "@/components/advice/plan-table";
import { VerdictBadge } from "@/components/advice/verdict-badge";
import { EntriesSheet } from "@/components/budget/entries-sheet";
import { ErrorState } from "@/components/ui/error-state";
import { useLocale } from "@/components/ui/reader";
import { Skeleton } from "@/components/ui/skeleton";
import { UsageRowsSheet } from "@/components/usage/usage-rows-sheet";
import { breakEvenDetailQuery, type DetailAsked } from "@/lib/break-even/queries";
import type { BreakEvenDetail } from "@/lib/break-even/schema";
import { reasonText, turnText, verdictsText } from "@/lib/domain/break-even-words";
import { moneyText } from "@/lib/domain/money-text";

/** How one row of the break-even came to be: the picture, the months, the plans beside it, and the tokens. */
export function BreakEvenDetails({ asked }: { readonly asked: DetailAsked }) {
  const detail = useQuery(breakEvenDetailQuery(asked));
  const [evidence, setEvidence] = useState<Evidence | null>(null);
  if (detail.isPending) return <Skeleton className="h-96" />;
  if (detail.isError) {
    return (
      <ErrorState title="The figures could not be read" onRetry={() => detail.refetch()}>
        {detail.error.message}
      </ErrorState>
    );
  }
  return (
    <div className="flex flex-col gap-5">
      <Verdict detail={detail.data} />
      <BreakEvenPicture detail={detail.data} />
      <BreakEvenMonths detail={detail.data} onEvidence={setEvidence} />
      {detail.data.plans.length > 0 && <PlanTable detail={detail.data} />}
      {detail.data.mix.length > 0 && <MixTable detail={detail.data} />}
      {evidence?.kind === "entries" && (
        <EntriesSheet title={evidence.title} filter={evidence.filter} onClose={() => setEvidence(null)} />
      )}
      {evidence?.kind === "usage" && (
        <UsageRowsSheet
          title={evidence.title}
          asked={evidence.asked}
          withoutPeople={false}
          onClose={() => setEvidence(null)}
        />
      )}
    </div>
  );
}

function Verdict({ detail: { person, group } }: { readonly detail: BreakEvenDetail }) {
  const locale = useLocale();
  if (person) {
    const words = wordsOf(person);
    return (
      <div>
        <p className="flex flex-wrap items-center gap-2">
          <VerdictBadge verdict={person.verdict} />
          {person.plan && <bdi className="font-bold">{person.plan.name}</bdi>}
          {person.saving && (
            <span className="font-bold">
              {person.saving.minor >= 0 ? "saves" : "costs"}{" "}
              {moneyText({ ...person.saving, minor: Math.abs(person.saving.minor) }, locale, {
                withCurrency: true,
              })}{" "}
              a month
            </span>
          )}
        </p>
        <p className="mt-1">{reasonText(words, locale)}</p>
        <p className="text-muted">{turnText(words, locale)}</p>
      </div>
    );
  }
  if (!group) return null;
  return (
    <p>
      {group.people} {group.people === 1 ? "person" : "people"}, {group.seats}{" "}
      {group.seats === 1 ? "seat" : "seats"}: {verdictsText(group.verdicts)}. Together the verdicts save{" "}
      <strong className="font-bold">{moneyText(group.saving, locale, { withCurrency: true })}</strong> a
      month.
    </p>
  );
}
