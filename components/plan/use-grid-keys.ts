"use client";

import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

import type { Editing } from "@/components/plan/plan-grid-row";
import {
  at,
  blockOf,
  type GridPlace,
  type GridSelection,
  type GridSize,
  moved,
  next,
  pastedBlock,
} from "@/lib/domain/budget-grid";

/** What the keys do to the amounts; the grid itself knows none. */
export type GridActs = {
  readonly textOf: (place: GridPlace) => string;
  readonly mayEdit: (place: GridPlace) => boolean;
  /** @returns what is wrong with the text; null when it was taken */
  readonly enter: (place: GridPlace, text: string) => string | null;
  readonly pasteBlock: (block: string[][], selection: GridSelection) => void;
  readonly clear: (selection: GridSelection) => void;
  readonly fillRight: (selection: GridSelection) => void;
  readonly undo: () => void;
  readonly review: () => void;
};

/** The largest text that is taken as a block of cells. */
const PASTE_MAX = 200_000;

/** Where in the grid one is, what is selected and what is being typed. */
export function useGridKeys(table: RefObject<HTMLTableElement | null>, size: GridSize, acts: GridActs) {
  const [selection, setSelection] = useState<GridSelection>(at({ row: 0, column: 0 }));
  const [editing, setEditing] = useState<Editing | null>(null);
  const wantsFocus = useRef(false);
  const { row, column } = selection.focus;

  useEffect(() => {
    if (!wantsFocus.current || editing) return;
    wantsFocus.current = false;
    table.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  });

  const go = (place: GridPlace, extend = false) => {
    wantsFocus.current = true;
    setSelection((before) => (extend ? { anchor: before.anchor, focus: place } : at(place)));
  };
  const edit = (place: GridPlace, text = acts.textOf(place)) => {
    if (!acts.mayEdit(place)) return;
    setSelection(at(place));
    setEditing({ place, text, problem: null });
  };
  /** Takes what was typed and goes on; stays where it cannot be read. */
  const commit = (then: GridPlace | null) => {
    if (!editing) return;
    const problem = acts.enter(editing.place, editing.text);
    if (problem !== null) return setEditing({ ...editing, problem });
    setEditing(null);
    go(then ?? editing.place);
  };

  const press = (event: KeyboardEvent) => {
    if (editing) return;
    const command = event.ctrlKey || event.metaKey;
    const act = actOf(event, command);
    if (act) {
      event.preventDefault();
      return act();
    }
    const there = moved(selection.focus, event.key, size, command);
    if (there) {
      event.preventDefault();
      return go(there, event.shiftKey);
    }
    if (event.key === "Tab") {
      const place = next(selection.focus, size, event.shiftKey);
      if (!place) return;
      event.preventDefault();
      return go(place);
    }
    if (event.key.length === 1 && !command && !event.altKey && event.key !== " ") {
      event.preventDefault();
      edit(selection.focus, event.key);
    }
  };
  const actOf = ({ key, shiftKey }: KeyboardEvent, command: boolean): (() => void) | null => {
    if (command && key === "r") return () => acts.fillRight(selection);
    if (command && key === "z") return acts.undo;
    if (command && key === "a") {
      const last = { row: size.rows - 1, column: size.columns - 2 };
      return () => setSelection({ anchor: { row: 0, column: 0 }, focus: last });
    }
    if (command && key === "Enter") return acts.review;
    if (key === "F2") return () => edit(selection.focus);
    if (key === "Enter")
      return () => go(moved(selection.focus, shiftKey ? "ArrowUp" : "ArrowDown", size) ?? selection.focus);
    if (key === "Delete" || key === "Backspace") return () => acts.clear(selection);
    if (key === "Escape") return () => go(selection.focus);
    return null;
  };

  const pressEditing = (event: KeyboardEvent<HTMLInputElement>) => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      setEditing(null);
      return go(selection.focus);
    }
    const vertical = {
      Enter: event.shiftKey ? "ArrowUp" : "ArrowDown",
      ArrowUp: "ArrowUp",
      ArrowDown: "ArrowDown",
    }[event.key];
    if (vertical === undefined && event.key !== "Tab") return;
    event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return commit(null);
    commit(vertical ? moved(selection.focus, vertical, size) : next(selection.focus, size, event.shiftKey));
  };

  return {
    selection,
    editing,
    press,
    edit: (place: GridPlace) => edit(place),
    point: (place: GridPlace, extend: boolean) => go(place, extend),
    draft: useCallback((text: string) => setEditing((now) => now && { ...now, text, problem: null }), []),
    pressEditing,
    /** Leaving the cell with the pointer takes what was typed, if it can be read. */
    leave: () => {
      if (!editing) return;
      acts.enter(editing.place, editing.text);
      setEditing(null);
    },
    copy: (event: ClipboardEvent) => {
      if (editing) return;
      const { top, left, bottom, right } = blockOf(selection);
      const lines = Array.from({ length: bottom - top + 1 }, (_, down) =>
        Array.from({ length: right - left + 1 }, (_unused, across) =>
          acts.textOf({ row: top + down, column: left + across }),
        ).join("\t"),
      );
      event.clipboardData.setData("text/plain", lines.join("\n"));
      event.preventDefault();
    },
    paste: (event: ClipboardEvent) => {
      const text = event.clipboardData.getData("text/plain").slice(0, PASTE_MAX);
      if (editing || text === "") return;
      event.preventDefault();
      acts.pasteBlock(pastedBlock(text), selection);
    },
  };
}
export type GridKeys = ReturnType<typeof useGridKeys>;
