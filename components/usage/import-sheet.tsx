"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { EmptyState } from "@/components/ui/empty-state";
import { FileDrop } from "@/components/ui/file-drop";
import { LoadMore } from "@/components/ui/load-more";
import { Progress } from "@/components/ui/progress";
import { Sheet } from "@/components/ui/sheet";
import { ImportItem } from "@/components/usage/import-item";
import { uploadsOf } from "@/components/usage/log-bundle";
import { TemplateLinks } from "@/components/usage/template-links";
import { UnmatchedCard } from "@/components/usage/unmatched-card";
import { unmatchedQuery } from "@/lib/identities/queries";
import { importsQuery, uploadImport } from "@/lib/imports/queries";
import { FILE_BYTES_MAX } from "@/lib/imports/schema";

/** What may be in a folder of exports, or of logs; the notes beside them are left alone. */
const ENDINGS = [".csv", ".json", ".jsonl"];

type ImportSheetProps = { readonly open: boolean; readonly onClose: () => void };

/** Files in: dropped, read, looked at, put into the books, or taken back. */
export function ImportSheet({ open, onClose }: ImportSheetProps) {
  const queryClient = useQueryClient();
  const imports = useInfiniteQuery({ ...importsQuery(), enabled: open });
  const reading =
    imports.data?.pages.some(({ data }) => data.some(({ state }) => state === "reading")) ?? false;
  const unmatched = useQuery({ ...unmatchedQuery(), enabled: open && !reading });
  const [sent, setSent] = useState<{ done: number; total: number } | null>(null);
  // What a worker finished may have brought names, and money.
  const states = imports.data?.pages
    .flatMap(({ data }) => data.map(({ id, state }) => `${id} ${state}`))
    .join();
  useEffect(() => {
    if (states === undefined) return;
    for (const queryKey of [["identities"], ["usage"], ...MONEY_KEYS])
      void queryClient.invalidateQueries({ queryKey });
  }, [states, queryClient]);
  const list = imports.data?.pages.flatMap(({ data }) => data) ?? [];
  const upload = useSave(
    async (files: readonly File[]) => {
      for (const [index, file] of files.entries()) {
        setSent({ done: index, total: files.length });
        await uploadImport(file, {});
        await queryClient.invalidateQueries({ queryKey: ["imports"] });
      }
      setSent(null);
    },
    { invalidates: [["imports"]] },
  );
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Import files"
      description="Nothing changes before you have seen what would change."
      width="wide"
    >
      <div className="flex flex-col gap-4">
        <FileDrop
          label="Drop exports here, or choose them"
          hint="Exports as CSV, reports as JSON, logs as JSONL; several at once, or a whole folder"
          sizeMaxBytes={FILE_BYTES_MAX}
          multiple
          folderEndings={ENDINGS}
          combine={uploadsOf}
          busy={upload.isPending}
          error={upload.error?.message}
          onFiles={(files) => upload.mutate(files)}
        />
        <TemplateLinks />
        {sent && upload.isPending && (
          <Progress label="Sending" done={sent.done} total={sent.total} noun="files" />
        )}
        {list.length === 0 && imports.isSuccess && (
          <EmptyState title="No file yet">
            Export usage or cost in the provider&apos;s console, and drop the file above as it is.
          </EmptyState>
        )}
        {unmatched.data && unmatched.data.length > 0 && <UnmatchedCard identities={unmatched.data} />}
        <ul className="flex flex-col gap-3" aria-label="Files">
          {list.map((each) => (
            <ImportItem key={each.id} file={each} />
          ))}
        </ul>
        {imports.hasNextPage && (
          <LoadMore
            shown={list.length}
            noun="files"
            hasMore
            loading={imports.isFetchingNextPage}
            onMore={() => imports.fetchNextPage()}
          />
        )}
      </div>
    </Sheet>
  );
}
