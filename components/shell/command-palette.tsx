"use client";

import { Command as Palette } from "cmdk";
import { useRouter } from "next/navigation";

import type { Command } from "@/components/shell/commands";
import { Dialog } from "@/components/ui/dialog";
import { FLOAT_ITEM_STYLE } from "@/components/ui/float-style";

type CommandPaletteProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly commands: readonly Command[];
};

/** Every place and act, by name. Loaded when it is first opened. */
export function CommandPalette({ open, onOpenChange, commands }: CommandPaletteProps) {
  const router = useRouter();
  const groups = [...new Set(commands.map((command) => command.group))];

  const run = (command: Command) => {
    onOpenChange(false);
    if (command.href !== undefined) router.push(command.href);
    else command.run();
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Search and commands" titleHidden>
      <Palette label="Search and commands" loop className="flex max-h-[60dvh] flex-col">
        <Palette.Input
          placeholder="Search or jump to"
          className="h-12 w-full shrink-0 border-line border-b bg-transparent px-4 outline-none"
        />
        <Palette.List className="min-h-0 overflow-y-auto p-1">
          <Palette.Empty className="px-3 py-6 text-center text-muted">Nothing found</Palette.Empty>
          {groups.map((group) => (
            <Palette.Group key={group} heading={group} className="palette-group">
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <PaletteItem key={command.id} command={command} onRun={() => run(command)} />
                ))}
            </Palette.Group>
          ))}
        </Palette.List>
      </Palette>
    </Dialog>
  );
}

function PaletteItem({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  return (
    <Palette.Item
      value={`${command.group} ${command.label} ${command.id}`}
      keywords={[...(command.keywords ?? [])]}
      onSelect={onRun}
      className={`${FLOAT_ITEM_STYLE} min-h-9 data-[selected=true]:bg-subtle`}
    >
      <span className="min-w-0 grow">{command.label}</span>
      {command.hint !== undefined && <span className="text-muted text-small">{command.hint}</span>}
    </Palette.Item>
  );
}
