"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { rateTextOf } from "@/lib/domain/exchange-rate";
import { sendJson } from "@/lib/http/fetch";
import { ratePath } from "@/lib/rates/queries";
import type { Rate } from "@/lib/rates/schema";

type RateRowProps = { readonly rate: Rate; readonly mayWrite: boolean };

/** A rate, which can be put right where it stands; what it converted is counted anew. */
export function RateRow({ rate, mayWrite }: RateRowProps) {
  const [editing, setEditing] = useState(false);
  const { date, from, to, source } = rate;
  return (
    <Row>
      <RowHead pinned className="whitespace-nowrap font-normal">
        {dateText(date)}
      </RowHead>
      {editing ? (
        <Cell colSpan={2}>
          <RateCorrection rate={rate} onClose={() => setEditing(false)} />
        </Cell>
      ) : (
        <>
          <Cell figures>
            <span className="text-muted">1 {from} =</span> {rate.rate}{" "}
            <span className="text-muted">{to}</span>
          </Cell>
          <Cell className="text-muted">
            <span className="flex items-center justify-between gap-2">
              <span className="min-w-40">{source}</span>
              {mayWrite && (
                <IconButton
                  size="small"
                  label={`Correct the ${from} to ${to} rate of ${dateText(date)}`}
                  onClick={() => setEditing(true)}
                >
                  <Pencil aria-hidden />
                </IconButton>
              )}
            </span>
          </Cell>
        </>
      )}
    </Row>
  );
}

function RateCorrection({ rate, onClose }: { readonly rate: Rate; readonly onClose: () => void }) {
  const form = useForm({ defaultValues: { rate: rate.rate, source: rate.source } });
  const { errors } = form.formState;
  const save = useSave(
    (values: { rate: string; source: string }) =>
      sendJson<Rate>(ratePath(rate.id), {
        method: "PATCH",
        version: rate.version,
        body: { rate: rateTextOf(values.rate), source: values.source },
      }),
    { invalidates: [["rates"], ["budget"], ["forecast"], ["ledger"], ["coverage"], ["bridge"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      onClose();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["rate", "source"]);
    }
  });

  return (
    <Form
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      className="flex flex-wrap items-start gap-2"
    >
      <Field
        label={`1 ${rate.from} in ${rate.to}`}
        labelHidden
        error={errors.rate?.message ?? errors.root?.message}
        className="w-36"
      >
        <Input
          {...form.register("rate", { required: "Type the rate." })}
          autoFocus
          inputMode="decimal"
          className="text-right tabular-nums"
        />
      </Field>
      <Field label="Source" labelHidden error={errors.source?.message} className="min-w-40 grow">
        <Input {...form.register("source", { required: "Say where it stands." })} maxLength={200} />
      </Field>
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" variant="primary" busy={save.isPending}>
        Save
      </Button>
    </Form>
  );
}
