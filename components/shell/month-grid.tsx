"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { classNames } from "@/components/ui/class-names";
import { IconButton } from "@/components/ui/icon-button";
import { monthShortText, monthText } from "@/lib/domain/date-text";
import { isMonth, type Month } from "@/lib/domain/month";

type MonthGridProps = {
  readonly month: Month;
  readonly currentMonth: Month;
  readonly href: (month: Month) => string;
  readonly onGo: () => void;
};

/** The twelve months of a year, to leaf through and choose from. */
export function MonthGrid({ month, currentMonth, href, onGo }: MonthGridProps) {
  const [year, setYear] = useState(Number(month.slice(0, 4)));
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, "0")}`);

  return (
    <div className="mt-2 w-60">
      <div className="flex items-center justify-between">
        <IconButton
          label={`${year - 1}`}
          size="small"
          disabled={!isMonth(`${year - 1}-01`)}
          onClick={() => setYear(year - 1)}
        >
          <ChevronLeft aria-hidden />
        </IconButton>
        <span role="status" className="font-bold">
          {year}
        </span>
        <IconButton
          label={`${year + 1}`}
          size="small"
          disabled={!isMonth(`${year + 1}-01`)}
          onClick={() => setYear(year + 1)}
        >
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
      <ul className="mt-1 grid grid-cols-4 gap-1">
        {months.map((each) => (
          <li key={each}>
            <Link
              href={href(each)}
              prefetch={false}
              onClick={onGo}
              aria-label={monthText(each)}
              aria-current={each === month ? "true" : undefined}
              className={classNames(
                "flex h-8 items-center justify-center rounded-sm hover:bg-subtle pointer-coarse:h-10",
                each === month && "bg-sunken font-bold",
                each === currentMonth && "underline decoration-2 underline-offset-4",
              )}
            >
              {monthShortText(each)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
