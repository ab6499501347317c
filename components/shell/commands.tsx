"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

/** Something that can be found and done from the keyboard: go to a page, or act. */
export type Command = {
  readonly id: string;
  /** A verb or a place: "Add invoice", "Seats". */
  readonly label: string;
  /** The heading it stands under: "Go to", "Invoices". */
  readonly group: string;
  /** Other words that people search it by. */
  readonly keywords?: readonly string[];
  readonly hint?: string;
} & ({ readonly href: string; readonly run?: never } | { readonly run: () => void; readonly href?: never });

type Registry = {
  readonly commands: readonly Command[];
  readonly register: (commands: readonly Command[]) => () => void;
};

const CommandsContext = createContext<Registry>({ commands: [], register: () => () => {} });

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const [sets, setSets] = useState<readonly (readonly Command[])[]>([]);
  const registry = useMemo(
    () => ({
      commands: sets.flat(),
      register: (commands: readonly Command[]) => {
        setSets((now) => [...now, commands]);
        return () => setSets((now) => now.filter((set) => set !== commands));
      },
    }),
    [sets],
  );
  return <CommandsContext value={registry}>{children}</CommandsContext>;
}

/** Every command of the pages in sight. */
export function useCommands(): readonly Command[] {
  return useContext(CommandsContext).commands;
}

/** Offers a page's own commands while it is open. Keep the array the same between renders (`useMemo`). */
export function useRegisterCommands(commands: readonly Command[]): void {
  const { register } = useContext(CommandsContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `register` changes with every registration, and does the same.
  useEffect(() => register(commands), [commands]);
}
