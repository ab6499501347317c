"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useState } from "react";

import { CommandsProvider } from "@/components/shell/commands";
import { makeQueryClient } from "@/components/shell/query-client";
import { ReaderProvider } from "@/components/ui/reader";
import { ToastProvider } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { CalendarDate } from "@/lib/domain/calendar-date";

type ProvidersProps = {
  readonly locale: string;
  readonly today: CalendarDate;
  /** Of the request's content security policy, for the script that sets the theme before the first paint. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
};

/** What every page stands on. */
export function Providers({ locale, today, nonce, children }: ProvidersProps) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <ThemeProvider attribute="data-theme" enableColorScheme={false} {...(nonce !== undefined && { nonce })}>
      <ReaderProvider locale={locale} today={today}>
        <QueryClientProvider client={queryClient}>
          <TooltipProvider>
            <ToastProvider>
              <CommandsProvider>{children}</CommandsProvider>
            </ToastProvider>
          </TooltipProvider>
        </QueryClientProvider>
      </ReaderProvider>
    </ThemeProvider>
  );
}
