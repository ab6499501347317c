"use client";

import { useEffect, useRef } from "react";

/**
 * Leads the focus to one of several rows by its place, also to one that only comes with the next render: a new row
 * is asked for and focused in one stroke.
 */
export function useLateFocus(inputAt: (place: number) => HTMLElement | null | undefined) {
  const wanted = useRef<number | null>(null);
  const tryFocus = () => {
    if (wanted.current === null) return;
    const input = inputAt(wanted.current);
    if (!input) return;
    wanted.current = null;
    input.focus();
  };
  useEffect(tryFocus);
  return (place: number) => {
    wanted.current = place;
    tryFocus();
  };
}
