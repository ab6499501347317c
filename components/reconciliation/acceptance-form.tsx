"use client";

import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";
import { DIFFERENCE_TYPES, type DifferenceType } from "@/lib/domain/reconciliation";
import { DIFFERENCE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";
import { acceptancePath } from "@/lib/reconciliation/queries";
import type { ReconciledContract } from "@/lib/reconciliation/schema";

type AcceptanceFormProps = {
  readonly month: Month;
  readonly contract: ReconciledContract;
  readonly mayExplain: boolean;
};

/** What a person said of the unexplained difference; or the form to say it. */
export function AcceptanceForm({ month, contract, mayExplain }: AcceptanceFormProps) {
  const { acceptance, state } = contract;
  if (acceptance?.current) {
    return <Given month={month} contract={contract} mayWithdraw={mayExplain} />;
  }
  if (!mayExplain || (state !== "unexplained" && state !== "tolerated")) return null;
  return <Explain month={month} contract={contract} />;
}

type GivenProps = {
  readonly month: Month;
  readonly contract: ReconciledContract;
  readonly mayWithdraw: boolean;
};

function Given({ month, contract: { id, acceptance }, mayWithdraw }: GivenProps) {
  const toast = useToast();
  const withdraw = useSave(() => sendJson<void>(acceptancePath(month, id), { method: "DELETE" }), {
    invalidates: [["reconciliation"], ["audit"]],
  });
  if (!acceptance) return null;
  const { type, amount, note, acceptedAt, acceptedBy } = acceptance;
  return (
    <div className="flex flex-wrap items-start justify-between gap-3 rounded-lg border border-line px-4 py-3">
      <div className="min-w-0">
        <p>
          <Amount value={amount} withSign />{" "}
          {type === "unexplained" ? "accepted" : DIFFERENCE_NAMES[type].toLowerCase()}: {note}
        </p>
        <p className="text-muted text-small">
          {acceptedBy ?? "Somebody who was erased"}, {instantText(acceptedAt)}
        </p>
      </div>
      {mayWithdraw && (
        <Button
          size="small"
          busy={withdraw.isPending}
          onClick={() =>
            withdraw.mutate(undefined, {
              onSuccess: () => toast({ title: "The difference stands open again" }),
              onError: (error) => toast({ title: error.message, tone: "danger" }),
            })
          }
        >
          Take back
        </Button>
      )}
    </div>
  );
}

type Values = { readonly type: DifferenceType; readonly note: string };

function Explain({ month, contract }: { readonly month: Month; readonly contract: ReconciledContract }) {
  const toast = useToast();
  const { id, unexplained, acceptance } = contract;
  const form = useForm<Values>({ defaultValues: { type: "unexplained", note: "" } });
  const { errors } = form.formState;
  const save = useSave(
    (values: Values) =>
      sendJson<ReconciledContract>(acceptancePath(month, id), {
        method: "PUT",
        body: { ...values, amount: unexplained },
      }),
    { invalidates: [["reconciliation"], ["audit"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      toast({ title: "The difference was explained" });
    } catch (error) {
      showRefusal(error as Error, form.setError, ["type", "note"]);
    }
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      {acceptance && (
        <p className="text-muted text-small">
          Before, <Amount value={acceptance.amount} withSign /> was explained: {acceptance.note}. It is
          another amount by now.
        </p>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <Field label="What it is" error={errors.type?.message} className="w-56">
          <Select
            {...form.register("type")}
            options={DIFFERENCE_TYPES.map((type) => ({
              value: type,
              label: type === "unexplained" ? "Accepted as it is" : DIFFERENCE_NAMES[type],
            }))}
          />
        </Field>
        <Field label="Why" error={errors.note?.message} required className="min-w-56 grow">
          <Input {...form.register("note", { required: "Say why." })} maxLength={1_000} />
        </Field>
        <Button type="submit" variant="primary" busy={save.isPending} className="mt-6">
          Explain
        </Button>
      </div>
      <FieldError id="acceptance-error" error={errors.root?.message} />
    </Form>
  );
}
