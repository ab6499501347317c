"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";

import { lastWholeMonth } from "@/components/budget/last-whole-month";
import { useKeepMonth } from "@/components/shell/period";
import { Amount } from "@/components/ui/amount";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { changesQuery } from "@/lib/changes/queries";
import { dateText, monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { highlightsQuery } from "@/lib/highlights/queries";
import type { Coverage } from "@/lib/ledger/schema";

type MonthBriefProps = {
  readonly coverage: Coverage | undefined;
  readonly month: Month;
  readonly currentMonth: Month;
};

const LINK = "rounded-sm underline decoration-dotted underline-offset-4 hover:decoration-solid";
const MISSING_SHOWN = 4;

/** What somebody who has a minute should know: what changed, what is worth most money, and what is still missing. */
export function MonthBrief({ coverage, month, currentMonth }: MonthBriefProps) {
  return (
    <Card label="In short" className="grid gap-x-8 gap-y-4 md:grid-cols-2 xl:grid-cols-[1fr_1.4fr_1fr]">
      <WhatChanged month={lastWholeMonth(month, currentMonth)} />
      <WorthMost />
      <Missing coverage={coverage} month={month} />
    </Card>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h2 className="font-bold">{title}</h2>
      {children}
    </div>
  );
}

function WhatChanged({ month }: { readonly month: Month }) {
  const { data, isError } = useQuery(changesQuery(month));
  const lines = data?.lines.filter(({ before, after }) => before.minor !== 0 || after.minor !== 0) ?? [];
  return (
    <Part title={`What changed in ${monthText(month)}`}>
      {isError && <p className="mt-1 text-muted">It could not be read.</p>}
      {data && lines.length === 0 && (
        <p className="mt-1 text-muted">Nothing was charged in it or the month before.</p>
      )}
      <ul className="mt-1 flex flex-col gap-1.5">
        {lines.map(({ purpose, text }) => (
          <li key={purpose}>
            {text}{" "}
            <Link
              href={`/budget?${new URLSearchParams({ month, changes: purpose })}`}
              prefetch={false}
              scroll={false}
              className={LINK}
            >
              Why<span className="sr-only"> {PURPOSE_NAMES[purpose].toLowerCase()} changed</span>
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function WorthMost() {
  const { data, isPending, isError } = useQuery(highlightsQuery());
  return (
    <Part title="Worth most money">
      {isPending && <Skeleton className="mt-1 h-32" />}
      {isError && <p className="mt-1 text-muted">It could not be read.</p>}
      {data?.data.length === 0 && (
        <p className="mt-1 text-muted">
          Nothing to save is known. Who holds which seat and what was used tell of it.
        </p>
      )}
      <ul className="mt-1 flex flex-col gap-1.5">
        {data?.data.map(({ kind, id, title, text, monthly, amount, actBy, href }) => (
          <li key={`${kind} ${id}`} className="flex items-baseline justify-between gap-4">
            <span className="min-w-0">
              <Link href={href} prefetch={false} className="rounded-sm font-bold hover:underline">
                <bdi>{title}</bdi>
              </Link>
              <span className="block text-muted text-small">{text}</span>
              {actBy && <span className="sr-only">Act by {dateText(actBy)}.</span>}
            </span>
            <span className="text-right">
              <Amount value={monthly} withCurrency />
              <span className="block text-muted text-small">
                {amount === "cost" ? "a month at stake" : "a month to save"}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const NOT_HERE = {
  missing: "no invoice, and nothing to estimate it from",
  partly_billed: "billed in part",
  estimated: "no invoice yet, estimated",
} as const;

function Missing({ coverage, month }: Omit<MonthBriefProps, "currentMonth">) {
  const keepMonth = useKeepMonth();
  const missing =
    coverage?.contracts.flatMap(({ months, ...contract }) => {
      const state = months.find((one) => one.month === month)?.state;
      return state && state in NOT_HERE ? [{ ...contract, state: state as keyof typeof NOT_HERE }] : [];
    }) ?? [];
  const order = Object.keys(NOT_HERE);
  missing.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const more = missing.length - MISSING_SHOWN;
  return (
    <Part title={`Missing for ${monthText(month)}`}>
      {coverage && missing.length === 0 && (
        <p className="mt-1 text-muted">Every invoice that is expected is here.</p>
      )}
      <ul className="mt-1 flex flex-col gap-1.5">
        {missing.slice(0, MISSING_SHOWN).map(({ kind, id, name, serviceProvider, state }) => (
          <li key={`${kind} ${id}`}>
            <span className="text-muted">{serviceProvider.name} · </span>
            <bdi>{name}</bdi>
            <span className="block text-muted text-small">{NOT_HERE[state]}</span>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <p className="mt-1.5">
          {more > 0 && <span className="text-muted">and {more} more. </span>}
          <Link href={keepMonth("/invoices")} prefetch={false} className={LINK}>
            Enter what is missing
          </Link>
        </p>
      )}
    </Part>
  );
}
