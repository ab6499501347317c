"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState, useSyncExternalStore } from "react";

import type { Command } from "@/components/shell/commands";
import { useCommands } from "@/components/shell/commands";
import { Kbd } from "@/components/ui/kbd";

const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette), {
  ssr: false,
});

/** Opens the commands, also by Ctrl or Cmd with K. */
export function SearchButton({ commands }: { readonly commands: readonly Command[] }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const registered = useCommands();
  const apple = useSyncExternalStore(noSubscription, isApple, () => false);

  const toggle = (next: boolean) => {
    setWanted(true);
    setOpen(next);
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setWanted(true);
      setOpen((now) => !now);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-label="Search or jump to"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => toggle(true)}
        className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-muted hover:bg-subtle hover:text-ink max-lg:border-transparent max-lg:bg-transparent pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-4" />
        <span aria-hidden className="max-lg:hidden">
          Search or jump to
        </span>
        <span aria-hidden className="max-lg:hidden">
          <Kbd>{apple ? "⌘ K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      {wanted && <CommandPalette open={open} onOpenChange={toggle} commands={[...registered, ...commands]} />}
    </>
  );
}

const noSubscription = () => () => {};
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);
