"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";

import type { CalendarDate } from "@/lib/domain/calendar-date";
import { LOCALE_DEFAULT } from "@/lib/domain/locale";

type Reader = { readonly locale: string; readonly today: CalendarDate };

const ReaderContext = createContext<Reader>({ locale: LOCALE_DEFAULT, today: "2000-01-01" });

/**
 * Whose separators numbers are written with, and which day "today" is. Both come with the request, so that server
 * and browser write the same.
 */
export function ReaderProvider({ locale, today, children }: Reader & { readonly children: ReactNode }) {
  const reader = useMemo(() => ({ locale, today }), [locale, today]);
  return <ReaderContext value={reader}>{children}</ReaderContext>;
}

export function useLocale(): string {
  return useContext(ReaderContext).locale;
}

export function useToday(): CalendarDate {
  return useContext(ReaderContext).today;
}
