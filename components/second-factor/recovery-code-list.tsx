"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";

type RecoveryCodeListProps = {
  readonly codes: readonly string[];
  readonly onKept: () => void;
};

/** The codes for when the phone is gone, shown once. */
export function RecoveryCodeList({ codes, onKept }: RecoveryCodeListProps) {
  const [copied, setCopied] = useState(false);
  const text = `${codes.join("\n")}\n`;
  const copy = async () => {
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section aria-labelledby="recovery-codes" className="flex flex-col gap-3">
      <h2 id="recovery-codes" className="font-bold">
        Recovery codes
      </h2>
      <p className="text-muted">
        Each opens your account once when your phone is not there. They are shown only now: keep them where
        passwords are kept, not on that phone.
      </p>
      <ol className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-lg border border-line bg-subtle px-4 py-3 font-mono sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap">
            {code}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={copy}>
          <span role="status">{copied ? "Copied" : "Copy"}</span>
        </Button>
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="twoline-recovery-codes.txt"
          className="inline-flex min-h-6 items-center px-2 text-link hover:underline"
        >
          Download
        </a>
        <Button variant="primary" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </section>
  );
}
