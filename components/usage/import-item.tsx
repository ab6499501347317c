"use client";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Progress } from "@/components/ui/progress";
import { useToast } from "@/components/ui/toast";
import { ImportDetails } from "@/components/usage/import-details";
import { ImportQuestion } from "@/components/usage/import-question";
import { commitText, countText, FORMAT_NAMES, STATE_NAMES } from "@/components/usage/usage-words";
import { dateText } from "@/lib/domain/date-text";
import { commitImport, discardImport, undoImport } from "@/lib/imports/queries";
import type { Import } from "@/lib/imports/schema";

const TONES: Readonly<Partial<Record<Import["state"], BadgeTone>>> = {
  ready: "warning",
  asking: "warning",
  refused: "danger",
};

/** A file on its way into the books, with the one next step. */
export function ImportItem({ file }: { readonly file: Import }) {
  const { state, fileName, format, firstDay, lastDay, report } = file;
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="min-w-0 break-all font-medium">
          <bdi>{fileName}</bdi>
        </span>
        <Badge tone={TONES[state] ?? "neutral"}>{STATE_NAMES[state]}</Badge>
        <span className="text-muted text-small">
          {format && FORMAT_NAMES[format]}
          {firstDay && lastDay && `, ${dateText(firstDay)}`}
          {firstDay && lastDay && firstDay !== lastDay && ` – ${dateText(lastDay)}`}
        </span>
      </div>
      {(state === "reading" || state === "committing" || state === "undoing") && (
        <Progress label={STATE_NAMES[state]} done={file.readBytes} total={null} noun="rows" />
      )}
      {file.refusal && <p className="text-danger">{file.refusal}</p>}
      {state === "asking" && <ImportQuestion file={file} />}
      {(state === "ready" || state === "refused") && <ImportDetails file={file} />}
      {state === "committed" && report && (
        <p className="text-muted text-small">
          {countText(report.newRows)} new, {countText(report.changedRows)} changed,{" "}
          {countText(report.unchangedRows)} unchanged
          {report.skippedRows > 0 && `, ${countText(report.skippedRows)} left out`}
        </p>
      )}
      {state === "committed" && file.errors[0] && <p className="text-danger">{file.errors[0].message}</p>}
      <Steps file={file} />
    </li>
  );
}

function Steps({ file }: { readonly file: Import }) {
  const { id, state, errorCount, fileName } = file;
  const toast = useToast();
  const invalidates = [["imports"], ["identities"], ["usage"], ...MONEY_KEYS] as const;
  const commit = useSave((skipBadRows: boolean) => commitImport(id, skipBadRows), { invalidates });
  const undo = useSave(() => undoImport(id), { invalidates });
  const discard = useSave(() => discardImport(id), { invalidates: [["imports"]] });
  const busy = commit.isPending || undo.isPending || discard.isPending;
  const error = commit.error ?? undo.error ?? discard.error;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === "ready" && (
        <Button
          variant="primary"
          size="small"
          busy={busy}
          aria-label={`Import ${fileName}`}
          onClick={() =>
            commit.mutate(errorCount > 0, { onSuccess: () => toast({ title: "The file is being imported" }) })
          }
        >
          {commitText(file)}
        </Button>
      )}
      {state === "committed" && (
        <Button
          size="small"
          busy={busy}
          aria-label={`Undo ${fileName}`}
          onClick={() => undo.mutate(undefined)}
        >
          Undo
        </Button>
      )}
      {(state === "ready" || state === "asking" || state === "refused") && (
        <Button
          size="small"
          busy={busy}
          aria-label={`Discard ${fileName}`}
          onClick={() => discard.mutate(undefined)}
        >
          Discard
        </Button>
      )}
      <FieldError id={`${id}-steps`} error={error?.message} />
    </div>
  );
}
