"use client";

import { createContext, type ReactNode, useContext } from "react";

const HistoryContext = createContext(false);

/** Whether the reader may see who changed what; it comes with the request. */
export function HistoryReader({ may, children }: { readonly may: boolean; readonly children: ReactNode }) {
  return <HistoryContext value={may}>{children}</HistoryContext>;
}

export const useMayReadHistory = (): boolean => useContext(HistoryContext);
