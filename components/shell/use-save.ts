"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { FieldValues, Path, UseFormSetError } from "react-hook-form";

import { ApiError } from "@/lib/http/fetch";

/** A change of the books: when it is saved, what it may have changed is read again. */
export function useSave<Input, Output>(
  save: (input: Input) => Promise<Output>,
  { invalidates }: { readonly invalidates: readonly QueryKey[] },
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: () => Promise.all(invalidates.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
  });
}

/** Puts a refusal where it belongs: at the fields that it names, or else above the buttons (`root`). */
export function showRefusal<Values extends FieldValues>(
  error: Error,
  setError: UseFormSetError<Values>,
  fields: readonly Path<Values>[],
): void {
  const named = error instanceof ApiError ? (error.problem.fields ?? {}) : {};
  const known = fields.filter((field) => named[field] !== undefined);
  for (const field of known)
    setError(field, { message: named[field] ?? "" }, { shouldFocus: field === known[0] });
  if (known.length === 0) setError("root", { message: error.message });
}
