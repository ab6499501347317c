"use client";

import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type CopyFieldProps = {
  readonly label: string;
  readonly value: string;
  /** Says how long it can be seen and who may have it. */
  readonly hint?: string;
};

/** A link or key that is shown once, to be taken away. */
export function CopyField({ label, value, hint }: CopyFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    input.current?.select();
    // Without permission the text stays selected, and Ctrl C does the rest.
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    );
    setCopied(done ?? false);
  };

  return (
    <Field label={label} hint={hint}>
      <div className="flex gap-2">
        <Input
          ref={input}
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
        <Button onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span role="status">{copied ? "Copied" : "Copy"}</span>
        </Button>
      </div>
    </Field>
  );
}
