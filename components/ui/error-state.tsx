"use client";

import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";

type ErrorStateProps = {
  readonly title?: string;
  /** `h1` where it is the whole page. */
  readonly heading?: "h1" | "h2";
  /** What happened and what it means for the reader's work. */
  readonly children: ReactNode;
  readonly onRetry?: () => void;
  readonly retrying?: boolean;
  /** The request id, for whoever reads the log. */
  readonly reference?: string | undefined;
};

/** Something that could not be shown, in its place, with a way to try again. */
export function ErrorState({
  title = "This could not be loaded",
  heading: Heading = "h2",
  children,
  onRetry,
  retrying,
  reference,
}: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <Heading className="font-bold text-body">{title}</Heading>
      <div className="max-w-prose text-muted">{children}</div>
      {onRetry && (
        <Button className="mt-2" busy={retrying ?? false} onClick={onRetry}>
          Try again
        </Button>
      )}
      {reference !== undefined && <p className="text-muted text-small">Reference {reference}</p>}
    </div>
  );
}
