"use client";

import { type KeyboardEvent, useState } from "react";

import { type ComboboxOption, fold, matchOptions } from "@/components/ui/combobox-match";

type ComboboxStateOptions = {
  readonly options: readonly ComboboxOption[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly onCreate?: ((text: string) => void) | undefined;
};

/** Rows in the list at once; who has more types another letter. */
const SHOWN_MAX = 60;

/** What a combobox knows: the text being typed, what it matches, which match the arrows are on. */
export function useComboboxState({ options, value, onChange, onCreate }: ComboboxStateOptions) {
  const [query, setQuery] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);

  const wanted = query?.trim() ?? "";
  const matches = matchOptions(options, wanted);
  const shown = matches.slice(0, SHOWN_MAX);
  const exact = wanted === "" ? undefined : options.find((option) => fold(option.label) === fold(wanted));
  const creates = onCreate !== undefined && wanted !== "" && exact === undefined;
  const count = shown.length + (creates ? 1 : 0);

  const close = () => {
    setOpen(false);
    setQuery(null);
    setActive(0);
  };
  const openList = () => {
    setOpen(true);
    setActive(
      Math.max(
        0,
        options.findIndex((option) => option.value === value),
      ),
    );
  };
  const take = (option: ComboboxOption | undefined) => {
    if (option?.disabled) return;
    if (option) onChange(option.value);
    else if (creates) onCreate(wanted);
    close();
  };
  const type = (text: string) => {
    setQuery(text);
    setActive(0);
    setOpen(true);
  };
  /** The focus leaves: a full name counts, blank clears, anything else stays to be seen and settled. */
  const leave = () => {
    setOpen(false);
    if (query === null) return;
    if (wanted === "") onChange(null);
    if (wanted === "" || exact) take(exact);
    else onChange(null);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) openList();
      else setActive((now) => (now + (event.key === "ArrowDown" ? 1 : -1) + count) % Math.max(1, count));
    } else if (open && event.key === "Enter") {
      event.preventDefault();
      take(shown[active]);
    } else if (open && event.key === "Tab" && wanted !== "" && shown[active]) {
      take(shown[active]);
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  return {
    text: query ?? options.find((option) => option.value === value)?.label ?? "",
    wanted,
    open,
    active,
    shown,
    hidden: matches.length - shown.length,
    creates,
    count,
    /** Typed, left, and not the name of anything. */
    unsettled: !open && wanted !== "" && exact === undefined,
    openList,
    setActive,
    take,
    type,
    leave,
    press,
  };
}
