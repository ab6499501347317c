"use client";

import { useRef } from "react";

/**
 * Where the focus goes when a dialog opens and closes: into its first field (not onto its close button), and back to
 * where it was, or into the page when that is gone.
 */
export function useDialogFocus() {
  const before = useRef<Element | null>(null);
  const remember = () => {
    before.current = document.activeElement;
  };
  return {
    /** Instead of `onOpenAutoFocus`, where the library itself knows the place. */
    remember,
    onOpenAutoFocus(event: Event) {
      remember();
      if (!(event.currentTarget instanceof HTMLElement)) return;
      event.preventDefault();
      const wanted = event.currentTarget.querySelector<HTMLElement>(
        "[data-autofocus], input:not([type=hidden], [tabindex='-1'], :disabled), select:not(:disabled), textarea:not(:disabled)",
      );
      (wanted ?? event.currentTarget).focus();
    },
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      const element = before.current;
      const back = element instanceof HTMLElement && element.isConnected && element !== document.body;
      if (back) element.focus();
      else if (document.activeElement === document.body) document.getElementById("content")?.focus();
    },
  };
}
