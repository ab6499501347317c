"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

import { classNames } from "@/components/ui/class-names";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role" | "children"> & {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
};

/** On or off, at once. In a form that is saved later, take Checkbox. */
export function Switch({ label, hint, className, ...input }: SwitchProps) {
  const id = useId();
  return (
    <label className={classNames("flex min-h-6 items-start justify-between gap-4", className)}>
      <span className="flex flex-col">
        <span className="font-medium">{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="text-muted text-small">
            {hint}
          </span>
        )}
      </span>
      <input
        {...input}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its own state.
        role="switch"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="switch-control"
      />
    </label>
  );
}
