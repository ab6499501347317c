"use client";

import type { ComponentProps } from "react";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type CodeFieldProps = ComponentProps<"input"> & {
  readonly label?: string;
  readonly hint?: string;
  readonly error?: string | undefined;
};

/** Where somebody types what their phone shows. */
export function CodeField({ label = "Code", hint, error, ...input }: CodeFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        inputMode="text"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        className="font-mono"
        {...input}
      />
    </Field>
  );
}
