"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";

import { MonthGrid } from "@/components/shell/month-grid";
import { useMonth, useMonthHref } from "@/components/shell/period";
import { MonthInput } from "@/components/ui/month-input";
import { Popover } from "@/components/ui/popover";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import { isMonth, type Month, shiftMonth } from "@/lib/domain/month";

/** The month that all pages show: one before, one after, or any by name or from the year. */
export function PeriodPicker({ currentMonth }: { readonly currentMonth: Month }) {
  const month = useMonth(currentMonth);
  const href = useMonthHref();
  const router = useRouter();
  const [open, setOpen] = useState(false);

  const go = (next: Month | null) => {
    if (next === null) return;
    setOpen(false);
    router.push(href(next));
  };

  return (
    <fieldset className="inline-flex h-8 shrink-0 items-center rounded-md border border-line bg-surface pointer-coarse:h-10">
      <legend className="sr-only">Month shown</legend>
      <Step to={shiftMonth(month, -1)} href={href}>
        <ChevronLeft aria-hidden className="size-4" />
      </Step>
      <Popover
        label="Choose a month"
        align="center"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            aria-label={`Month: ${monthText(month)}`}
            className="h-full rounded-sm px-1 font-bold tabular-nums hover:bg-subtle sm:min-w-32"
          >
            <span className="max-sm:hidden">{monthText(month)}</span>
            <span className="sm:hidden">
              {monthShortText(month)} {month.slice(0, 4)}
            </span>
          </button>
        }
      >
        <MonthJump onGo={go} />
        <MonthGrid
          key={month}
          month={month}
          currentMonth={currentMonth}
          href={href}
          onGo={() => setOpen(false)}
        />
      </Popover>
      <Step to={shiftMonth(month, 1)} href={href}>
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </fieldset>
  );
}

function MonthJump({ onGo }: { readonly onGo: (month: Month | null) => void }) {
  const [month, setMonth] = useState<Month | null>(null);
  return (
    <MonthInput
      aria-label="Type a month"
      placeholder="Type a month, like oct"
      value={month}
      onChange={setMonth}
      onKeyDown={(event) => event.key === "Enter" && onGo(month)}
    />
  );
}

type StepProps = {
  readonly to: Month;
  readonly href: (month: Month) => string;
  readonly children: ReactNode;
};

function Step({ to, href, children }: StepProps) {
  if (!isMonth(to)) return <span className="w-7" />;
  return (
    <Link
      href={href(to)}
      aria-label={monthText(to)}
      className="flex h-full w-7 items-center justify-center rounded-sm text-muted hover:bg-subtle hover:text-ink pointer-coarse:w-9"
    >
      {children}
    </Link>
  );
}
