"use client";

import { ChevronsUpDown } from "lucide-react";
import * as Popover from "radix-ui/popover";
import { type Ref, useEffect, useId, useRef } from "react";

import { classNames } from "@/components/ui/class-names";
import { ComboboxList } from "@/components/ui/combobox-list";
import type { ComboboxOption } from "@/components/ui/combobox-match";
import { useComboboxState } from "@/components/ui/combobox-state";
import { CONTROL_HEIGHT, CONTROL_STYLE } from "@/components/ui/control-style";
import { FieldError, useFieldControl, useFieldProblem } from "@/components/ui/field";

export type ComboboxProps = {
  readonly options: readonly ComboboxOption[];
  readonly value: string | null;
  /** Null when the text was cleared, or names nothing in the list (then a Form does not submit). */
  readonly onChange: (value: string | null) => void;
  /** Offers to make a new one of what was typed; set the value when it exists. */
  readonly onCreate?: (text: string) => void;
  /** What that offer says: Add team “Platform”. */
  readonly createLabel?: (text: string) => string;
  readonly emptyText?: string;
  readonly placeholder?: string;
  readonly onBlur?: () => void;
  readonly id?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly "aria-label"?: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

/** One of many: type to search, arrows to move, Enter or Tab to take it, Esc to leave it as it was. */
export function Combobox({ onBlur, className, ref, ...props }: ComboboxProps) {
  const { createLabel = (text) => `Add “${text}”`, emptyText = "Nothing found" } = props;
  const state = useComboboxState(props);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const problem = props.onCreate
    ? `“${state.wanted}” does not exist yet. Press Enter here to add it.`
    : `“${state.wanted}” is not in the list.`;

  useEffect(
    () => input.current?.setCustomValidity(state.unsettled ? problem : ""),
    [state.unsettled, problem],
  );
  useFieldProblem(state.unsettled);
  const control = useFieldControl({
    ...props,
    "aria-describedby": state.unsettled ? `${id}-error` : undefined,
    "aria-invalid": state.unsettled || undefined,
  });

  return (
    <Popover.Root open={state.open}>
      <Popover.Anchor asChild>
        <div className={classNames("relative min-w-0", className)}>
          <input
            {...control}
            ref={(node) => {
              input.current = node;
              if (typeof ref === "function") return ref(node);
              if (ref) ref.current = node;
            }}
            type="text"
            role="combobox"
            aria-label={props["aria-label"]}
            aria-expanded={state.open}
            aria-controls={state.open ? `${id}-list` : undefined}
            aria-activedescendant={state.open && state.count > 0 ? `${id}-list-${state.active}` : undefined}
            aria-autocomplete="list"
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the caller knows that the work begins here.
            autoFocus={props.autoFocus}
            disabled={props.disabled}
            placeholder={props.placeholder}
            value={state.text}
            onChange={(event) => state.type(event.target.value)}
            onClick={() => !state.open && state.openList()}
            onFocus={(event) => event.target.select()}
            onBlur={() => {
              state.leave();
              onBlur?.();
            }}
            onKeyDown={state.press}
            className={classNames(CONTROL_STYLE, CONTROL_HEIGHT, "text-ellipsis pr-7")}
          />
          <ChevronsUpDown
            aria-hidden
            className="pointer-events-none absolute top-2 right-2 size-4 text-muted pointer-coarse:top-3"
          />
          {state.unsettled && (
            <div className="mt-1">
              <FieldError id={`${id}-error`} error={problem} />
            </div>
          )}
        </div>
      </Popover.Anchor>
      <ComboboxList
        id={`${id}-list`}
        label={props["aria-label"] ?? "Suggestions"}
        state={state}
        value={props.value}
        createLabel={createLabel}
        emptyText={emptyText}
      />
    </Popover.Root>
  );
}
