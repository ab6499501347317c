"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useLocale } from "@/components/ui/reader";
import { verify } from "@/lib/audit/queries";
import type { Verification } from "@/lib/audit/schema";
import { instantText } from "@/lib/domain/date-text";

/** Whether the trail is as it was written: gone through event by event when asked. */
export function VerificationCard() {
  const [head, setHead] = useState("");
  const check = useMutation({ mutationFn: () => verify(head.trim()) });
  return (
    <Card labelledBy="verification" className="flex max-w-4xl flex-col gap-3">
      <div>
        <h3 id="verification" className="font-bold">
          Is it whole?
        </h3>
        <p className="max-w-prose text-muted">
          Each event carries the hash of the one before, so what is changed, removed, moved or inserted behind
          our back shows. A head that you kept elsewhere shows a cut end too.
        </p>
      </div>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          check.mutate();
        }}
      >
        <Field label="A head that was kept" optional className="min-w-0 grow" error={check.error?.message}>
          <Input value={head} onChange={({ target }) => setHead(target.value)} className="font-mono" />
        </Field>
        <Button type="submit" busy={check.isPending}>
          Verify the trail
        </Button>
      </form>
      <div role="status">{check.data && <Result verification={check.data} />}</div>
    </Card>
  );
}

function Result({ verification }: { readonly verification: Verification }) {
  const { events, faults, more, head, headsCompared, verifiedAt } = verification;
  const count = new Intl.NumberFormat(useLocale()).format(events);
  const heads = headsCompared === 1 ? "1 head that was kept" : `${headsCompared} heads that were kept`;
  const compared = headsCompared === 0 ? "" : `, compared with ${heads},`;
  return (
    <div className="flex flex-col gap-3">
      <p>
        {faults.length === 0 ? <Badge>whole</Badge> : <Badge tone="danger">not whole</Badge>} {count} events
        {compared} on {instantText(verifiedAt)}.
      </p>
      {faults.length > 0 && (
        <ul className="list-disc pl-5">
          {faults.map(({ kind, sequence, text }) => (
            <li key={`${kind} ${sequence}`}>{text}</li>
          ))}
          {more && <li>There are more.</li>}
        </ul>
      )}
      {head && (
        <CopyField
          label="The head now"
          value={head}
          hint="Keep it outside these books, and compare the trail with it later."
        />
      )}
    </div>
  );
}
