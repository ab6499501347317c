"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import * as Primitive from "radix-ui/dropdown-menu";
import { createContext, type ReactElement, type ReactNode, type RefObject, useContext, useRef } from "react";

import { classNames } from "@/components/ui/class-names";
import { FLOAT_ITEM_STYLE, FLOAT_STYLE } from "@/components/ui/float-style";

type DropdownMenuProps = {
  /** The button that opens it; it names the menu too. */
  readonly trigger: ReactElement;
  readonly align?: "start" | "center" | "end";
  readonly side?: "top" | "bottom" | "right";
  readonly children: ReactNode;
};

/** What was chosen, to be done once the menu is closed and the focus is back on its button. */
const ChosenContext = createContext<RefObject<(() => void) | null>>({ current: null });

/** Acts on one thing, behind one button. Arrows move, letters jump, Esc closes. */
export function DropdownMenu({ trigger, align = "end", side = "bottom", children }: DropdownMenuProps) {
  const chosen = useRef<(() => void) | null>(null);
  const act = () => {
    const run = chosen.current;
    chosen.current = null;
    // After the library's own handler, which gives the focus back: a dialog that opens now returns it there.
    if (run) queueMicrotask(run);
  };
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={act}
          className={classNames(FLOAT_STYLE, "min-w-44 max-w-[calc(100vw-1rem)] p-1")}
        >
          <ChosenContext value={chosen}>{children}</ChosenContext>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

type MenuItemProps = {
  readonly icon?: ReactNode;
  /** A second, quieter line or word. */
  readonly hint?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly children: ReactNode;
} & (
  | { readonly onSelect: () => void; readonly href?: never }
  | { readonly href: string; readonly onSelect?: never }
);

export function MenuItem({ icon, hint, danger, disabled, href, onSelect, children }: MenuItemProps) {
  const chosen = useContext(ChosenContext);
  const style = classNames(FLOAT_ITEM_STYLE, danger && "text-danger");
  const content = (
    <>
      {icon}
      <span className="min-w-0 grow">{children}</span>
      {hint !== undefined && <span className="text-muted text-small">{hint}</span>}
    </>
  );
  if (href !== undefined) {
    return (
      <Primitive.Item asChild disabled={disabled ?? false} className={style}>
        <Link href={href}>{content}</Link>
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item
      disabled={disabled ?? false}
      onSelect={() => {
        chosen.current = onSelect;
      }}
      className={style}
    >
      {content}
    </Primitive.Item>
  );
}

type MenuChoiceProps<Value extends string> = {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

/** One of several settings inside a menu, the present one checked. */
export function MenuChoice<Value extends string>({
  label,
  options,
  value,
  onChange,
}: MenuChoiceProps<Value>) {
  return (
    <Primitive.RadioGroup value={value} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Primitive.RadioItem
          key={option.value}
          value={option.value}
          onSelect={() => onChange(option.value)}
          className={FLOAT_ITEM_STYLE}
        >
          {option.icon}
          <span className="grow">{option.label}</span>
          <Primitive.ItemIndicator>
            <Check aria-hidden />
          </Primitive.ItemIndicator>
        </Primitive.RadioItem>
      ))}
    </Primitive.RadioGroup>
  );
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Primitive.Label className="px-2 py-1 text-muted text-small">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
