"use client";

import { Trash2 } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";

import { type PastedHolders, readPastedHolders } from "@/components/seats/holder-rows";
import { UnknownNames } from "@/components/seats/unknown-names";
import { Combobox } from "@/components/ui/combobox";
import { FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { useLateFocus } from "@/components/ui/use-late-focus";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Member } from "@/lib/members/schema";

type HoldersFieldProps = {
  /** Member ids; null is a row that names nobody yet. */
  readonly value: readonly (string | null)[];
  readonly onChange: (value: (string | null)[]) => void;
  readonly members: readonly Member[];
  readonly startsOn: CalendarDate | null;
  readonly teamId: string | null;
  readonly errors: readonly (string | undefined)[];
};

/** Who holds the seats: a name, Enter, the next one; or a pasted column. */
export function HoldersField({ value, onChange, members, startsOn, teamId, errors }: HoldersFieldProps) {
  const list = useRef<HTMLUListElement>(null);
  const [pasted, setPasted] = useState<PastedHolders | null>(null);
  const rows = value.length > 0 ? value : [null];

  const focusRow = useLateFocus((place) => list.current?.querySelectorAll<HTMLInputElement>("input")[place]);
  const press = (event: KeyboardEvent, index: number) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    // While the list is open, Enter takes the name; the next row comes with the same press.
    event.preventDefault();
    if (index < rows.length - 1) return focusRow(index + 1);
    window.setTimeout(addRow);
  };
  const latest = useRef(rows);
  latest.current = rows;
  const addRow = () => {
    if (latest.current.at(-1) === null) return;
    onChange([...latest.current, null]);
    focusRow(latest.current.length);
  };
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\r\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const chosen = rows.filter((id) => id !== null);
    const found = readPastedHolders(text, members, chosen);
    setPasted(found);
    onChange([...chosen, ...found.memberIds, null]);
  };

  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">
        Who holds them <span className="font-normal text-muted">(optional)</span>
      </legend>
      <ul ref={list} className="flex flex-col gap-1">
        {rows.map((id, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; the same person may be typed twice.
          <li key={index}>
            <div
              className="flex items-start gap-2"
              onKeyDownCapture={(event) => press(event, index)}
              onPaste={paste}
            >
              <Combobox
                aria-label={`Holder ${index + 1}`}
                placeholder={index === 0 ? "A name, or paste a column of names" : "Next name"}
                options={optionsOf(members)}
                value={id}
                onChange={(next) => onChange(rows.map((one, place) => (place === index ? next : one)))}
                className="grow"
              />
              <IconButton
                label={`Remove holder ${index + 1}`}
                tabIndex={-1}
                disabled={rows.length === 1}
                onClick={() => onChange(rows.filter((_, place) => place !== index))}
              >
                <Trash2 aria-hidden />
              </IconButton>
            </div>
            <FieldError id={`holder-${index}-error`} error={errors[index]} />
          </li>
        ))}
      </ul>
      {pasted && (
        <UnknownNames
          pasted={pasted}
          startsOn={startsOn}
          teamId={teamId}
          onMade={(ids) => {
            setPasted(null);
            const named = [...rows.filter((one) => one !== null), ...ids];
            onChange([...named, null]);
            focusRow(named.length);
          }}
        />
      )}
    </fieldset>
  );
}

const optionsOf = (members: readonly Member[]) =>
  members.map(({ id, name, team, email }) => ({ value: id, label: name, hint: team?.name ?? email ?? "" }));
