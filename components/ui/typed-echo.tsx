"use client";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { FLOAT_STYLE } from "@/components/ui/float-style";
import type { Typed } from "@/lib/domain/typed-input";

type TypedEchoProps<Value> = {
  readonly typed: Typed<Value>;
  readonly text: string;
  readonly name: (value: Value) => string;
  /** Under the end of a right-aligned field. */
  readonly atRight: boolean;
  readonly onChoose: (value: Value) => void;
};

/** Under the field while typing: what the text became, or the readings to choose from. */
export function TypedEcho<Value>({ typed, text, name, atRight, onChoose }: TypedEchoProps<Value>) {
  const place = classNames("absolute top-full mt-1", atRight ? "right-0" : "left-0");
  if ("value" in typed) {
    const words = name(typed.value);
    if (words === text.trim()) return null;
    return (
      <output className={classNames(FLOAT_STYLE, place, "whitespace-nowrap px-2 py-1 text-small")}>
        {words}
      </output>
    );
  }
  if (typed.choices.length === 0) return null;
  return (
    <div className={classNames(FLOAT_STYLE, place, "w-max max-w-72 p-2 text-small")}>
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
