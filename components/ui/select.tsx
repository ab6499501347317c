"use client";

import type { ComponentProps } from "react";

import { classNames } from "@/components/ui/class-names";
import { CONTROL_HEIGHT, CONTROL_STYLE } from "@/components/ui/control-style";
import { useFieldControl } from "@/components/ui/field";

export type SelectOption = { readonly value: string; readonly label: string; readonly disabled?: boolean };
export type SelectGroup = { readonly label: string; readonly options: readonly SelectOption[] };

type SelectProps = Omit<ComponentProps<"select">, "children" | "multiple"> & {
  readonly options: readonly (SelectOption | SelectGroup)[];
  /** Shown while nothing is chosen; with `required` it cannot be chosen again. */
  readonly placeholder?: string;
};

/**
 * One of a few. The browser's own control: it works before any script runs, opens as the phone's picker, and needs
 * no inline style; where the browser allows, globals.css dresses its list. For long lists take Combobox.
 */
export function Select({ options, placeholder, className, required, ...props }: SelectProps) {
  const control = useFieldControl({ ...props, required });
  return (
    <select
      {...props}
      {...control}
      className={classNames("select-control", CONTROL_STYLE, CONTROL_HEIGHT, className)}
    >
      {placeholder !== undefined && (
        <option value="" hidden={control["aria-required"]}>
          {placeholder}
        </option>
      )}
      {options.map((entry) =>
        "options" in entry ? (
          <optgroup key={entry.label} label={entry.label}>
            {entry.options.map((option) => (
              <Option key={option.value} {...option} />
            ))}
          </optgroup>
        ) : (
          <Option key={entry.value} {...entry} />
        ),
      )}
    </select>
  );
}

function Option({ value, label, disabled }: SelectOption) {
  return (
    <option value={value} disabled={disabled}>
      {label}
    </option>
  );
}
