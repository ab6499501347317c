"use client";

import { Button } from "@/components/ui/button";

type LoadMoreProps = {
  readonly shown: number;
  /** What the rows are, in the plural: "invoices". */
  readonly noun: string;
  readonly hasMore: boolean;
  readonly loading?: boolean;
  readonly onMore: () => void;
};

/** The foot of a list that comes in pages: how many are in sight, and the next ones. */
export function LoadMore({ shown, noun, hasMore, loading, onMore }: LoadMoreProps) {
  return (
    <div data-print="hide" className="flex items-center justify-between gap-4 border-line border-t px-4 py-2">
      <p role="status" className="text-muted text-small">
        {hasMore ? `The first ${shown} ${noun}` : `${shown} in all`}
      </p>
      {hasMore && (
        <Button size="small" busy={loading ?? false} onClick={onMore}>
          Show more
        </Button>
      )}
    </div>
  );
}
