"use client";

import { type ReactNode, type Ref, useId } from "react";

import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";

export type RadioOption<Value extends string> = {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean;
};

type RadioGroupProps<Value extends string> = {
  readonly label: ReactNode;
  readonly labelHidden?: boolean;
  readonly options: readonly RadioOption<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly onBlur?: () => void;
  readonly name?: string;
  readonly error?: string | undefined;
  readonly className?: string;
  /** The first option's input, so that a form can put the focus on an error. */
  readonly ref?: Ref<HTMLInputElement>;
};

/** One of a few, all in sight, with room to explain each. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, labelHidden, options, value, onChange, onBlur, error, className, ref } = props;
  const id = useId();
  const name = props.name ?? id;

  return (
    <fieldset
      className={classNames("flex flex-col gap-1", className)}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      aria-invalid={error !== undefined || undefined}
    >
      <legend className={labelHidden ? "sr-only" : "mb-1 font-medium"}>{label}</legend>
      {options.map((option, index) => (
        <label key={option.value} className="flex min-h-6 items-start gap-2 py-0.5">
          <input
            ref={index === 0 ? ref : undefined}
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
            onBlur={onBlur}
            className="radio-control mt-0.5"
          />
          <span className="flex flex-col">
            <span className={option.disabled ? "text-muted" : undefined}>{option.label}</span>
            {option.hint !== undefined && <span className="text-muted text-small">{option.hint}</span>}
          </span>
        </label>
      ))}
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}
