"use client";

import { useState } from "react";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const LEAST = -10_000;
const MOST = 100_000;

/** A change in percent as people type it ("5", "-2,5 %"), in basis points; null while it is none. */
export function changeOf(text: string): number | null {
  const plain = text.trim().replace(/\s*%$/, "").replace(/^[−–]/, "-").replace(",", ".");
  if (plain === "") return 0;
  if (!/^[-+]?\d{1,4}(?:\.\d{1,2})?$/.test(plain)) return null;
  const change = Math.round(Number(plain) * 100);
  return change >= LEAST && change <= MOST ? change : null;
}

/** By how many percent more or less something is copied. */
export function ChangeField({ onChange }: { readonly onChange: (changeBasisPoints: number | null) => void }) {
  const [text, setText] = useState("0");
  const wrong = changeOf(text) === null;
  return (
    <Field
      label="Change in percent"
      hint="5 for 5 % more, −10 for 10 % less than the year before"
      error={wrong ? "Use a number from −100 to 1000, like 2.5." : undefined}
    >
      <Input
        value={text}
        inputMode="text"
        onChange={({ target }) => {
          setText(target.value);
          onChange(changeOf(target.value));
        }}
        className="text-right tabular-nums"
      />
    </Field>
  );
}
