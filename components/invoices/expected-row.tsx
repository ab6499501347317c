"use client";

import Link from "next/link";
import { type FormEvent, useRef, useState } from "react";

import { DueLine } from "@/components/invoice-duties/due-line";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { typedPeriodText } from "@/lib/domain/typed-period";
import type { ExpectedInvoice } from "@/lib/expected-invoices/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { INVOICES_PATH } from "@/lib/invoices/queries";
import type { Invoice } from "@/lib/invoices/schema";

type ExpectedRowProps = {
  readonly expected: ExpectedInvoice;
  readonly mayEnter: boolean;
  readonly onOpen: () => void;
};

/** One expected invoice, entered as it is by its number, or opened to be changed. */
export function ExpectedRow({ expected, mayEnter, onOpen }: ExpectedRowProps) {
  const { contract, serviceProvider, body, draft, due } = expected;
  const known = body.billedCost !== null;
  return (
    <Row>
      <RowHead pinned className="align-top">
        <span className="font-normal text-muted">{serviceProvider.name} · </span>
        {contract.name}
        {draft && (
          <span className="block font-normal text-muted text-small">
            Draft of {instantText(draft.updatedAt)}
          </span>
        )}
        {due && <DueLine due={due} />}
      </RowHead>
      <Cell className="align-top max-sm:hidden">
        {body.charges.map(({ description, chargePeriod, apiAccountId }) => (
          <span key={`${apiAccountId} ${description} ${chargePeriod?.start}`} className="block text-muted">
            {description}
            {chargePeriod && `, ${typedPeriodText(chargePeriod)}`}
          </span>
        ))}
      </Cell>
      <Cell figures className="align-top">
        {body.billedCost ? (
          <Amount value={body.billedCost} withCurrency />
        ) : (
          <span className="text-muted">not known before</span>
        )}
      </Cell>
      <Cell className="align-top">
        {mayEnter &&
          (known && draft === null ? (
            <NumberForm expected={expected} onOpen={onOpen} />
          ) : (
            <Button size="small" onClick={onOpen}>
              {draft ? "Continue draft" : "Type the amounts"}
              <span className="sr-only"> of {contract.name}</span>
            </Button>
          ))}
      </Cell>
    </Row>
  );
}

function NumberForm({ expected, onOpen }: Omit<ExpectedRowProps, "mayEnter">) {
  const toast = useToast();
  const [number, setNumber] = useState("");
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const key = useRef(crypto.randomUUID());
  const { contract, body } = expected;
  const save = useSave(
    () =>
      sendJson<Invoice>(INVOICES_PATH, {
        method: "POST",
        body: { ...body, number: number.trim() },
        idempotencyKey: key.current,
      }),
    { invalidates: MONEY_KEYS },
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() === "" || save.isPending) return;
    try {
      const saved = await save.mutateAsync(undefined);
      toast({ title: `Invoice ${saved.number} of ${saved.serviceProvider.name} was entered` });
    } catch (error) {
      setRefusal(error instanceof ApiError ? error : null);
      key.current = crypto.randomUUID();
    }
  };
  const errorId = `expected-${contract.id}-error`;

  return (
    <form onSubmit={submit} className="flex flex-col gap-1">
      <div className="flex min-w-72 gap-2">
        <Input
          aria-label={`Invoice number of ${contract.name}`}
          aria-invalid={refusal !== null || undefined}
          aria-describedby={refusal ? errorId : undefined}
          value={number}
          maxLength={100}
          onChange={({ target }) => {
            setNumber(target.value);
            setRefusal(null);
          }}
        />
        <Button type="submit" busy={save.isPending}>
          Enter
          <span className="sr-only"> the invoice of {contract.name}</span>
        </Button>
        <Button variant="quiet" onClick={onOpen}>
          Change
          <span className="sr-only"> the invoice of {contract.name}</span>
        </Button>
      </div>
      <FieldError id={errorId} error={refusal?.message} />
      {refusal?.problem.conflictingId && (
        <Link
          href={`/invoices?invoice=${refusal.problem.conflictingId}`}
          className="w-fit rounded-sm text-link text-small underline underline-offset-4"
        >
          Open the one that is there
        </Link>
      )}
    </form>
  );
}
