"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import type { IdleRow } from "@/lib/idle-seats/schema";

type ReductionFormProps = { readonly row: IdleRow; readonly onDone: () => void };

/** The next renewal with fewer seats: the unassigned ones first, then those that are idle, which end with it. */
export function ReductionForm({ row, onDone }: ReductionFormProps) {
  const { subscription, plan, bought, held, reducibleSeats, renewsOn, actBy, renewalPrice } = row;
  const [typed, setTyped] = useState(String(bought - reducibleSeats));
  const toast = useToast();
  const seats = /^\d{1,6}$/.test(typed) ? Number(typed) : null;
  const idle = row.seats.filter(({ state }) => state === "idle");
  const ending = seats === null ? [] : idle.slice(0, Math.max(0, held - seats));
  const save = useSave(
    async () => {
      const body = {
        ...{
          subscriptionId: subscription.id,
          planId: plan.id,
          startsOn: renewsOn,
          seats,
          unitPrice: renewalPrice,
        },
        endAssignmentIds: ending.map(({ assignmentId }) => assignmentId),
      };
      const key = { idempotencyKey: crypto.randomUUID() };
      await sendJson("/api/v1/idle-seats/reductions", { method: "POST", body, ...key });
      toast({ title: `${subscription.name} renews with ${seats} ${seats === 1 ? "seat" : "seats"}` });
    },
    { invalidates: MONEY_KEYS },
  );
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onDone });
      }}
      className="flex flex-col gap-2 rounded-md bg-subtle p-3"
    >
      <h3 className="font-bold">Plan a smaller renewal</h3>
      <p>
        On {dateText(renewsOn ?? "")}; tell the provider by {dateText(actBy ?? "")}.
        {ending.length > 0 &&
          ` With it the seats of ${ending.map(({ member }) => member.name).join(", ")} end.`}
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={`Seats, now ${bought}`} error={save.error?.message} required className="w-40">
          <Input
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
            inputMode="numeric"
            maxLength={6}
            className="text-right tabular-nums"
          />
        </Field>
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={seats === null || seats >= bought}
        >
          Plan it
        </Button>
      </div>
    </Form>
  );
}
