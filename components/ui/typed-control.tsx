"use client";

import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";

import { classNames } from "@/components/ui/class-names";
import { CONTROL_HEIGHT, CONTROL_STYLE } from "@/components/ui/control-style";
import { FieldError, useFieldControl, useFieldProblem } from "@/components/ui/field";
import { TypedEcho } from "@/components/ui/typed-echo";
import type { Typed } from "@/lib/domain/typed-input";

/** The props that amount, date and month inputs share. */
export type TypedControlProps<Value> = {
  readonly value: Value | null;
  /** Null while the text is blank, and while it cannot be read (then a Form does not submit). */
  readonly onChange: (value: Value | null) => void;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly id?: string;
  readonly name?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly "aria-label"?: string;
  readonly className?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

type Reading<Value> = {
  readonly parse: (text: string) => Typed<Value>;
  readonly show: (value: Value) => string;
  /** How a value is named in the echo and in choices, when that says more than the field does. */
  readonly nameOf?: (value: Value) => string;
  readonly figures?: boolean;
  /** The value that an arrow key leads to. */
  readonly step?: (value: Value | null, direction: 1 | -1) => Value;
  readonly adornment?: ReactNode;
};

/** A line of text that becomes a value: shows what it became while typing, and asks where two readings exist. */
export function TypedControl<Value>(props: TypedControlProps<Value> & Reading<Value>) {
  const {
    value,
    onChange,
    onBlur,
    onKeyDown,
    parse,
    show,
    nameOf = show,
    figures,
    step,
    adornment,
    ref,
    ...input
  } = props;
  const shown = value === null ? "" : show(value);
  const [draft, setDraft] = useState<string | null>(null);
  const [focused, setFocused] = useState(false);
  const [asked, setAsked] = useState(false);
  const element = useRef<HTMLInputElement>(null);
  const problemId = useId();

  const text = draft ?? shown;
  const typed = draft === null || draft.trim() === "" ? null : parse(draft);
  const problem = typed && "reason" in typed ? typed : null;
  const problemShown = problem !== null && asked && !focused;

  useEffect(() => element.current?.setCustomValidity(problem?.reason ?? ""), [problem?.reason]);
  useFieldProblem(problemShown);

  const settle = (chosen: Value | null) => {
    setDraft(null);
    onChange(chosen);
  };
  const write = (next: string) => {
    setDraft(next);
    const reading = next.trim() === "" ? null : parse(next);
    onChange(reading && "value" in reading ? reading.value : null);
  };
  const leave = (event: FocusEvent<HTMLDivElement>) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    onBlur?.();
    // Only once the focus is where it goes: a dialog takes what vanishes in between for the focused element.
    window.setTimeout(() => {
      setFocused(false);
      setAsked(true);
      if (!problem) setDraft(null);
    });
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event);
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : null;
    if (!step || direction === null || event.defaultPrevented || input.readOnly) return;
    event.preventDefault();
    settle(step(value, direction));
  };
  const control = useFieldControl({
    ...input,
    "aria-describedby": problemShown ? problemId : undefined,
    "aria-invalid": problemShown || undefined,
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches whether the focus is inside.
    <div
      className={classNames("relative min-w-0", input.className)}
      onFocus={() => setFocused(true)}
      onBlur={leave}
    >
      <input
        type="text"
        inputMode={figures ? "decimal" : "text"}
        autoComplete="off"
        spellCheck={false}
        {...input}
        {...control}
        required={undefined}
        ref={(node) => {
          element.current = node;
          if (typeof ref === "function") return ref(node);
          if (ref) ref.current = node;
        }}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
        onInvalid={() => setAsked(true)}
        className={classNames(
          CONTROL_STYLE,
          CONTROL_HEIGHT,
          figures && "text-right tabular-nums",
          adornment !== undefined && "pr-8",
        )}
      />
      {adornment}
      {focused && typed && (
        <TypedEcho typed={typed} text={text} name={nameOf} atRight={figures ?? false} onChoose={settle} />
      )}
      {problemShown && (
        <div className="mt-1">
          <FieldError id={problemId} error={problem.reason} />
        </div>
      )}
    </div>
  );
}
