"use client";

import { useState } from "react";

import { PLAN_KEYS } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Sheet } from "@/components/ui/sheet";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { GRID_FILE_PATH } from "@/lib/budgets/queries";
import type { BudgetVersion, GridChangeResult } from "@/lib/budgets/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";

const FILE_BYTES_MAX = 500_000;
const ERRORS_SHOWN = 20;

/** Takes a grid as a file, dropped or pasted: first what it would change, or what is wrong with it by line. */
export function FileSheet({
  version,
  onClose,
}: {
  readonly version: BudgetVersion;
  readonly onClose: () => void;
}) {
  const toast = useToast();
  const [text, setText] = useState("");
  const send = (dryRun: boolean, file: string) =>
    sendJson<GridChangeResult>(GRID_FILE_PATH, {
      method: "PUT",
      version: version.version,
      body: { versionId: version.id, text: file, dryRun },
    });
  const trial = useSave((file: string) => send(true, file), { invalidates: [] });
  const save = useSave(() => send(false, text), { invalidates: PLAN_KEYS });
  const look = (file: string) => {
    setText(file);
    trial.mutate(file);
  };
  const error = save.error ?? trial.error;
  const wrong = linesOf(error);
  const months = trial.data?.changes.length;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      dirty={text !== ""}
      title="Bring a file in"
      description="Its rows take the place of the same rows here; the others stay."
    >
      <div className="flex flex-col gap-4">
        <FileDrop
          label="Drop the file here, or choose it"
          hint="CSV, as it was downloaded"
          accept=".csv,text/csv"
          sizeMaxBytes={FILE_BYTES_MAX}
          busy={trial.isPending}
          onFiles={async ([file]) => look((await file?.text()) ?? "")}
        />
        <Field label="Or paste it" hint="With its header." error={error?.message}>
          <Textarea
            value={text}
            rows={8}
            onChange={({ target }) => {
              setText(target.value);
              trial.reset();
            }}
            className="font-mono text-small"
          />
        </Field>
        {wrong.length > 0 && (
          <ul aria-label="What is wrong" className="flex flex-col gap-1">
            {wrong.slice(0, ERRORS_SHOWN).map(({ place, message }) => (
              <li key={place}>
                <span className="font-medium">{place}</span>: {message}
              </li>
            ))}
            {wrong.length > ERRORS_SHOWN && <li>and {wrong.length - ERRORS_SHOWN} more</li>}
          </ul>
        )}
        {months !== undefined && (
          <p role="status">{months === 0 ? "It changes nothing." : `It changes ${months} months.`}</p>
        )}
        <div className="flex justify-end gap-2">
          {months ? (
            <Button
              variant="primary"
              busy={save.isPending}
              onClick={() =>
                save.mutate(undefined, {
                  onSuccess: () => {
                    toast({ title: "The budget was saved" });
                    onClose();
                  },
                })
              }
            >
              Save
            </Button>
          ) : (
            <Button
              variant="primary"
              busy={trial.isPending}
              disabled={text.trim() === ""}
              onClick={() => look(text)}
            >
              See what it changes
            </Button>
          )}
        </div>
      </div>
    </Sheet>
  );
}

/** What the answer says of single lines: its fields are named `text.<line>.<column>`. */
function linesOf(error: Error | null): { readonly place: string; readonly message: string }[] {
  const fields = error instanceof ApiError ? (error.problem.fields ?? {}) : {};
  return Object.entries(fields).flatMap(([field, message]) => {
    const [, line, column] = /^text\.(\d+)(?:\.(.+))?$/.exec(field) ?? [];
    return line === undefined ? [] : [{ place: `Line ${line}${column ? `, ${column}` : ""}`, message }];
  });
}
