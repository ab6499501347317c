"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";

import type { InvoiceValues } from "@/components/invoices/invoice-values";
import type { Month } from "@/lib/domain/month";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { INVOICE_DRAFTS_PATH, invoiceDraftPath } from "@/lib/invoice-drafts/queries";
import type { InvoiceDraft } from "@/lib/invoice-drafts/schema";

/** A pause in typing after which what was typed is kept. */
const PAUSE_MS = 700;

export type DraftPlace = {
  readonly month: Month;
  readonly subscriptionId: string | null;
  readonly apiAccountId: string | null;
};

export type DraftState = "untouched" | "saving" | "saved" | "stale" | "failed";

/**
 * Keeps what is typed on the server while it is typed, so that a dead laptop loses nothing and a colleague can
 * finish. One save at a time, the latest text last.
 */
export function useDraft(
  form: UseFormReturn<InvoiceValues>,
  { place, existing, off }: { place: DraftPlace; existing: InvoiceDraft | null; off: boolean },
) {
  const queryClient = useQueryClient();
  const known = useRef<{ id: string; version: number } | null>(existing);
  const queue = useRef(Promise.resolve());
  const timer = useRef(0);
  const [state, setState] = useState<DraftState>("untouched");

  useEffect(() => {
    if (off) return;
    const save = async () => {
      setState("saving");
      try {
        known.current = await keep(known.current, place, form.getValues());
        setState("saved");
        await queryClient.invalidateQueries({ queryKey: ["invoice-drafts"] });
      } catch (error) {
        setState(error instanceof ApiError && error.problem.status === 412 ? "stale" : "failed");
      }
    };
    const subscription = form.watch(() => {
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => {
        queue.current = queue.current.then(save);
      }, PAUSE_MS);
    });
    return () => {
      window.clearTimeout(timer.current);
      subscription.unsubscribe();
    };
  }, [form, place, off, queryClient]);

  return {
    state,
    /** The draft that posting finishes; no save begins from here on, and one that is under way ends first. */
    settle: async (): Promise<string | undefined> => {
      window.clearTimeout(timer.current);
      await queue.current;
      return known.current?.id;
    },
  };
}

async function keep(
  known: { readonly id: string; readonly version: number } | null,
  place: DraftPlace,
  content: InvoiceValues,
): Promise<InvoiceDraft> {
  if (known === null) {
    return await sendJson<InvoiceDraft>(INVOICE_DRAFTS_PATH, { method: "POST", body: { ...place, content } });
  }
  return await sendJson<InvoiceDraft>(invoiceDraftPath(known.id), {
    method: "PUT",
    version: known.version,
    body: { content },
  });
}
