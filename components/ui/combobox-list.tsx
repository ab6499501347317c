"use client";

import { Check, Plus } from "lucide-react";
import * as Popover from "radix-ui/popover";
import { type ReactNode, useEffect, useRef } from "react";

import { classNames } from "@/components/ui/class-names";
import type { useComboboxState } from "@/components/ui/combobox-state";
import { FLOAT_ITEM_STYLE, FLOAT_STYLE } from "@/components/ui/float-style";

type ComboboxListProps = {
  readonly id: string;
  readonly label: string;
  readonly state: ReturnType<typeof useComboboxState>;
  readonly value: string | null;
  readonly createLabel: (text: string) => string;
  readonly emptyText: string;
};

/** The suggestions under a combobox. The focus stays in the field; the list only shows where the arrows are. */
export function ComboboxList({ id, label, state, value, createLabel, emptyText }: ComboboxListProps) {
  return (
    <Popover.Portal>
      <Popover.Content
        id={id}
        role="listbox"
        aria-label={label}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={(event) => event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
        className={classNames(
          FLOAT_STYLE,
          "max-h-72 min-w-(--radix-popover-trigger-width) max-w-[min(28rem,100vw-1rem)] overflow-y-auto p-1",
        )}
      >
        {state.shown.map((option, index) => (
          <ListItem
            key={option.value}
            id={`${id}-${index}`}
            active={index === state.active}
            selected={option.value === value}
            disabled={option.disabled ?? false}
            onPoint={() => state.setActive(index)}
            onTake={() => state.take(option)}
          >
            <span className="min-w-0 grow">{option.label}</span>
            {option.hint !== undefined && <span className="text-muted text-small">{option.hint}</span>}
            <Check aria-hidden className={option.value === value ? undefined : "invisible"} />
          </ListItem>
        ))}
        {state.creates && (
          <ListItem
            id={`${id}-${state.shown.length}`}
            active={state.active === state.shown.length}
            selected={false}
            disabled={false}
            onPoint={() => state.setActive(state.shown.length)}
            onTake={() => state.take(undefined)}
          >
            <Plus aria-hidden />
            <span className="min-w-0 grow">{createLabel(state.wanted)}</span>
          </ListItem>
        )}
        {state.count === 0 && <Note>{emptyText}</Note>}
        {state.hidden > 0 && <Note>{state.hidden} more; type another letter</Note>}
      </Popover.Content>
    </Popover.Portal>
  );
}

type ListItemProps = {
  readonly id: string;
  readonly active: boolean;
  readonly selected: boolean;
  readonly disabled: boolean;
  readonly onPoint: () => void;
  readonly onTake: () => void;
  readonly children: ReactNode;
};

function ListItem({ id, active, selected, disabled, onPoint, onTake, children }: ListItemProps) {
  const item = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) item.current?.scrollIntoView({ block: "nearest" });
  }, [active]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field that keeps the focus.
    <div
      ref={item}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={disabled || undefined}
      data-highlighted={active ? "" : undefined}
      onPointerMove={onPoint}
      onClick={onTake}
      className={FLOAT_ITEM_STYLE}
    >
      {children}
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return (
    <div role="presentation" className="px-2 py-1 text-muted text-small">
      {children}
    </div>
  );
}
