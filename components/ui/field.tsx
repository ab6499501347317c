"use client";

import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useId, useState } from "react";

import { classNames } from "@/components/ui/class-names";

type FieldContextValue = {
  readonly controlId: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
  readonly required: boolean;
  readonly setProblem: (shown: boolean) => void;
};

const FieldContext = createContext<FieldContextValue | null>(null);

type FieldProps = {
  readonly label: ReactNode;
  /** Kept for screen readers only, where a table head or a placeholder already says it. */
  readonly labelHidden?: boolean;
  readonly hint?: ReactNode;
  /** What is wrong and what to do about it; stands at the field and is read with it. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  /** Says "optional" beside the label; a form marks its exceptions, not the rule. */
  readonly optional?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
};

/** One control with its label, hint and error. The control inside takes its id and description from here. */
export function Field({
  label,
  labelHidden,
  hint,
  error,
  required = false,
  optional,
  className,
  children,
}: FieldProps) {
  const [problem, setProblem] = useState(false);
  const controlId = useId();
  const hintId = `${controlId}-hint`;
  const errorId = `${controlId}-error`;
  // A control that shows what it cannot read says more than the form's own "missing".
  const ownError = problem ? undefined : error;
  const describedBy =
    classNames(hint !== undefined && hintId, ownError !== undefined && errorId) || undefined;
  const invalid = problem || ownError !== undefined;

  return (
    <div className={classNames("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={controlId} className={labelHidden ? "sr-only" : "font-medium text-body"}>
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      <FieldContext value={{ controlId, describedBy, invalid, required, setProblem }}>
        {children}
      </FieldContext>
      {hint !== undefined && (
        <p id={hintId} className="text-muted text-small">
          {hint}
        </p>
      )}
      <FieldError id={errorId} error={ownError} />
    </div>
  );
}

/** The message at a field, also for groups of controls that build their own frame. */
export function FieldError({ id, error }: { readonly id: string; readonly error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p id={id} className="flex items-start gap-1 text-danger text-small">
      <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
      <span>{error}</span>
    </p>
  );
}

type ControlProps = {
  readonly id?: string | undefined;
  readonly required?: boolean | undefined;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean | "true" | "false" | "grammar" | "spelling" | undefined;
};

/** What a control inside a Field (or alone) carries; its own props win, descriptions add up. */
export function useFieldControl(props: ControlProps) {
  const field = useContext(FieldContext);
  return {
    id: props.id ?? field?.controlId,
    "aria-required": (props.required ?? field?.required) || undefined,
    "aria-describedby": classNames(field?.describedBy, props["aria-describedby"]) || undefined,
    "aria-invalid": props["aria-invalid"] ?? (field?.invalid || undefined),
  };
}

/** For a control that shows a problem of its own: takes the place of the field's error while it does. */
export function useFieldProblem(shown: boolean): void {
  const setProblem = useContext(FieldContext)?.setProblem;
  useEffect(() => {
    setProblem?.(shown);
    return () => setProblem?.(false);
  }, [setProblem, shown]);
}
