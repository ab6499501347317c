"use client";

import { ErrorState } from "@/components/ui/error-state";

type ErrorPageProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-lg flex-col justify-center">
      <ErrorState heading="h1" title="This page could not be shown" onRetry={reset} reference={error.digest}>
        Something went wrong on our side. What you saved is safe.
      </ErrorState>
    </main>
  );
}
