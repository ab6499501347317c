"use client";

import { ErrorState } from "@/components/ui/error-state";

import "./globals.css";

type GlobalErrorProps = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void };

/** Stands in for the root layout when that itself fails. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <title>Twoline</title>
        <main className="mx-auto flex min-h-[70dvh] max-w-lg flex-col justify-center">
          <ErrorState
            heading="h1"
            title="Twoline could not be shown"
            onRetry={reset}
            reference={error.digest}
          >
            Something went wrong on our side. What you saved is safe.
          </ErrorState>
        </main>
      </body>
    </html>
  );
}
