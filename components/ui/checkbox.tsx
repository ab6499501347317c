"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

import { classNames } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  readonly label: ReactNode;
  readonly labelHidden?: boolean;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Some but not all of what it stands for are checked. */
  readonly indeterminate?: boolean;
};

/** Yes or no, or one of several that may go together. Brings its own label. */
export function Checkbox(props: CheckboxProps) {
  const { label, labelHidden, hint, error, indeterminate = false, className, ref, ...input } = props;
  const id = useId();
  const describedBy = classNames(hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`);

  return (
    <div className={classNames("flex flex-col gap-1", className)}>
      <label className="flex min-h-6 items-start gap-2 py-0.5">
        <input
          {...input}
          ref={(element) => {
            if (element) element.indeterminate = indeterminate;
            if (typeof ref === "function") return ref(element);
            if (ref) ref.current = element;
          }}
          type="checkbox"
          aria-describedby={describedBy || undefined}
          aria-invalid={error !== undefined || undefined}
          className="check-control mt-0.5"
        />
        <span className={labelHidden ? "sr-only" : input.disabled ? "text-muted" : undefined}>{label}</span>
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="pl-6 text-muted text-small">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}
