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
  /** Something was typed since the last save began. */
  const pending = useRef(false);
  /** The invoice is on its way: what it finishes must not be kept again behind it. */
  const posting = useRef(false);
  const flush = useRef(() => {});
  const [state, setState] = useState<DraftState>("untouched");

  useEffect(() => {
    if (off) return;
    const save = async () => {
      pending.current = false;
      setState("saving");
      try {
        known.current = await keep(known.current, place, form.getValues());
        setState("saved");
        await queryClient.invalidateQueries({ queryKey: ["invoice-drafts"] });
      } catch (error) {
        setState(error instanceof ApiError && error.problem.status === 412 ? "stale" : "failed");
      }
    };
    flush.current = () => {
      window.clearTimeout(timer.current);
      if (!pending.current || posting.current) return;
      queue.current = queue.current.then(save);
    };
    const subscription = form.watch(() => {
      pending.current = true;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => flush.current(), PAUSE_MS);
    });
    return () => {
      subscription.unsubscribe();
      // Closed in the middle of a word: it is kept too.
      flush.current();
    };
  }, [form, place, off, queryClient]);

  return {
    state,
    /** The draft that posting finishes, once a save that is under way has ended. */
    settle: async (): Promise<string | undefined> => {
      posting.current = true;
      await queue.current;
      return known.current?.id;
    },
    /** The invoice was refused: what was typed last is kept after all. */
    resume: (): void => {
      posting.current = false;
      flush.current();
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
