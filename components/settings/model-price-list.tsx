"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { MODEL_PRICE_FILE_PATH } from "@/lib/model-prices/queries";
import type { ModelPriceFileResult } from "@/lib/model-prices/schema";

const FILE_BYTES_MAX = 900_000;
const ERRORS_SHOWN = 20;

type ModelPriceListProps = {
  readonly onSaved: () => void;
  readonly onDirty: (dirty: boolean) => void;
};

/** Takes a whole list of prices, dropped or pasted; says what was wrong with it by line. */
export function ModelPriceList({ onSaved, onDirty }: ModelPriceListProps) {
  const toast = useToast();
  const [text, setList] = useState("");
  const setText = (list: string) => {
    setList(list);
    onDirty(list !== "");
  };
  const save = useSave(
    (list: string) =>
      sendJson<ModelPriceFileResult>(MODEL_PRICE_FILE_PATH, { method: "PUT", body: { text: list } }),
    { invalidates: [["model-prices"], ["usage"], ...MONEY_KEYS] },
  );
  const send = (list: string) =>
    save.mutate(list, {
      onSuccess: (result) => {
        toast({ title: resultText(result) });
        onSaved();
      },
    });
  const wrong = linesOf(save.error);

  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        Download the list, change it in a spreadsheet, and drop it here. New lines are added, prices that are
        not in force yet are replaced, and prices that were in force stay what they were.
      </p>
      <FileDrop
        label="Drop the list here, or choose it"
        hint="CSV, as it was downloaded"
        accept=".csv,text/csv"
        sizeMaxBytes={FILE_BYTES_MAX}
        busy={save.isPending}
        onFiles={async ([file]) => {
          const list = (await file?.text()) ?? "";
          setText(list);
          send(list);
        }}
      />
      <Field label="Or paste it" hint="With its header." error={save.error?.message}>
        <Textarea
          value={text}
          rows={8}
          disabled={save.isPending}
          onChange={({ target }) => setText(target.value)}
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
      <Button
        variant="primary"
        busy={save.isPending}
        disabled={text.trim() === ""}
        onClick={() => send(text)}
        className="self-end"
      >
        Update prices
      </Button>
    </div>
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

function resultText({ added, replaced, unchanged }: ModelPriceFileResult): string {
  if (added + replaced === 0) return "Nothing changed: all of these prices were there";
  return `${added} added, ${replaced} replaced, ${unchanged} unchanged`;
}
