"use client";

import { useSearchParams } from "next/navigation";

/** One word of the page's state, kept in its address without loading the page anew; null takes it out. */
export function useAddressParam(name: string): [string | null, (value: string | null) => void] {
  const params = useSearchParams();
  const set = (value: string | null) => {
    const next = new URLSearchParams(window.location.search);
    if (value === null) next.delete(name);
    else next.set(name, value);
    const query = next.size > 0 ? `?${next}` : "";
    window.history.replaceState(null, "", `${window.location.pathname}${query}`);
  };
  return [params.get(name), set];
}
