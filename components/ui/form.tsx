"use client";

import type { ComponentProps, FormEvent, KeyboardEvent } from "react";

type FormProps = Omit<ComponentProps<"form">, "noValidate" | "onSubmit"> & {
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/**
 * A form. Ctrl or Cmd with Enter submits from every field. While a field holds text that cannot be read, submitting
 * leads to that field instead: what was typed is neither lost nor sent as nothing.
 */
export function Form({ onSubmit, onKeyDown, ...props }: FormProps) {
  return (
    <form
      {...props}
      noValidate
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (isSaveKey(event) && !event.defaultPrevented) {
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }
      }}
      onSubmit={(event) => {
        const unreadable = findUnreadable(event.currentTarget);
        if (!unreadable) return onSubmit(event);
        event.preventDefault();
        unreadable.checkValidity();
        unreadable.focus();
      }}
    />
  );
}

function isSaveKey(event: KeyboardEvent): boolean {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing;
}

function findUnreadable(form: HTMLFormElement): HTMLInputElement | undefined {
  const inputs = [...form.elements].filter((element) => element instanceof HTMLInputElement);
  return inputs.find((input) => input.validity.customError);
}
