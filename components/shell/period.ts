"use client";

import { usePathname, useSearchParams } from "next/navigation";

import { isMonth, type Month } from "@/lib/domain/month";

/** The month in the address, which every page shares; the running month when it names none. */
export function useMonth(currentMonth: Month): Month {
  const month = useSearchParams().get("month");
  return month !== null && isMonth(month) ? month : currentMonth;
}

/** This page, with everything in its address but another month. */
export function useMonthHref(): (month: Month) => string {
  const pathname = usePathname();
  const params = useSearchParams();
  return (month) => {
    const next = new URLSearchParams(params);
    next.set("month", month);
    return `${pathname}?${next}`;
  };
}

/** Another page, at the month that this one shows. */
export function useKeepMonth(): (href: string) => string {
  const month = useSearchParams().get("month");
  return (href) => {
    if (month === null || !isMonth(month)) return href;
    return `${href}${href.includes("?") ? "&" : "?"}month=${month}`;
  };
}
