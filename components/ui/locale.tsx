"use client";

import { createContext, type ReactNode, useContext } from "react";

import { LOCALE_DEFAULT } from "@/lib/domain/locale";

const LocaleContext = createContext(LOCALE_DEFAULT);

/** The locale of the request, so that server and browser write a number with the same separators. */
export function LocaleProvider({
  locale,
  children,
}: {
  readonly locale: string;
  readonly children: ReactNode;
}) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export function useLocale(): string {
  return useContext(LocaleContext);
}
