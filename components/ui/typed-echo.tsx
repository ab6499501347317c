"use client";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FLOAT_STYLE } from "@/components/ui/float-style";
import type { Typed } from "@/lib/domain/typed-input";

type TypedEchoProps<Value> = {
  readonly typed: Typed<Value>;
  readonly text: string;
  readonly name: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
};

/** Under the field while typing: what the text became, or the readings to choose from. */
export function TypedEcho<Value>({ typed, text, name, onChoose }: TypedEchoProps<Value>) {
  if ("value" in typed) {
    const words = name(typed.value);
    if (words === text.trim()) return null;
    return (
      <output
        className={classNames(
          FLOAT_STYLE,
          "absolute top-full left-0 mt-1 whitespace-nowrap px-2 py-1 text-small",
        )}
      >
        {words}
      </output>
    );
  }
  if (typed.choices.length === 0) return null;
  return (
    <div className={classNames(FLOAT_STYLE, "absolute top-full left-0 mt-1 w-max max-w-72 p-2 text-small")}>
      <p role="status">{typed.reason}</p>
      <div className="mt-1 flex flex-wrap gap-1">
        {typed.choices.map((choice) => (
          <Button key={name(choice)} size="small" onClick={() => onChoose(choice)}>
            {name(choice)}
          </Button>
        ))}
      </div>
    </div>
  );
}
