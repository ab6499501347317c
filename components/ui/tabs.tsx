"use client";

import { type KeyboardEvent, type ReactNode, useId, useState } from "react";

import { classNames } from "@/components/ui/class-names";

type Tab<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  /** How many things are in it. */
  readonly count?: number;
  readonly panel: ReactNode;
};

type TabsProps<Value extends string> = {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  /** Give both when the address holds the tab; else the first one opens. */
  readonly value?: Value;
  readonly onChange?: (value: Value) => void;
};

/** Parts of one thing, one in sight. Arrows move between tabs, Tab goes into the panel. */
export function Tabs<Value extends string>({ label, tabs, value, onChange }: TabsProps<Value>) {
  const id = useId();
  const [own, setOwn] = useState(tabs[0]?.value);
  const selected = tabs.find((tab) => tab.value === (value ?? own)) ?? tabs[0];

  const select = (tab: Tab<Value> | undefined) => {
    if (!tab) return;
    setOwn(tab.value);
    onChange?.(tab.value);
    document.getElementById(`${id}-${tab.value}`)?.focus();
  };
  const press = (event: KeyboardEvent, index: number) => {
    const last = tabs.length - 1;
    const next = {
      ArrowRight: index === last ? 0 : index + 1,
      ArrowLeft: index === 0 ? last : index - 1,
      Home: 0,
      End: last,
    };
    if (!(event.key in next)) return;
    event.preventDefault();
    select(tabs[next[event.key as keyof typeof next]]);
  };

  return (
    <div className="min-w-0">
      <div
        role="tablist"
        aria-label={label}
        className="flex gap-4 overflow-x-auto border-line border-b print:hidden"
      >
        {tabs.map((tab, index) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            aria-selected={tab === selected}
            aria-controls={tab === selected ? `${id}-panel` : undefined}
            tabIndex={tab === selected ? 0 : -1}
            onClick={() => select(tab)}
            onKeyDown={(event) => press(event, index)}
            className={classNames(
              "-mb-px h-9 shrink-0 border-b-2 px-0.5 font-medium focus-visible:-outline-offset-2 pointer-coarse:h-11",
              tab === selected ? "border-ink text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span className="ml-1.5 font-normal text-muted">{tab.count}</span>}
          </button>
        ))}
      </div>
      {selected && (
        <div
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${selected.value}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: Tab leads from the tabs into their panel.
          tabIndex={0}
          className="pt-4"
        >
          {selected.panel}
        </div>
      )}
    </div>
  );
}
