"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { keyOf } from "@/components/plan/plan-edits";
import { PLAN_KEYS, rowName } from "@/components/plan/plan-words";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { useToast } from "@/components/ui/toast";
import { OWNERS_PATH } from "@/lib/budgets/queries";
import type { BudgetOwner, GridRow } from "@/lib/budgets/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";
import { membersQuery } from "@/lib/members/queries";

/** Who answers for a line of the plan, from a day on. */
export function OwnerSheet({ row, onClose }: { readonly row: GridRow; readonly onClose: () => void }) {
  const toast = useToast();
  const today = useToday();
  const members = useQuery(membersQuery());
  const [memberId, setMember] = useState<string | null>(row.owner?.id ?? null);
  const [startsOn, setStart] = useState<string | null>(today);
  const save = useSave(
    () =>
      sendJson<BudgetOwner>(OWNERS_PATH, {
        method: "POST",
        body: { ...keyOf(row), memberId, startsOn },
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: PLAN_KEYS },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Owner"
      description={row.owner ? `${rowName(row)}: ${row.owner.name} today` : `${rowName(row)}: nobody yet`}
    >
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(undefined, {
            onSuccess: ({ member }) => {
              toast({ title: `${member.name} answers for this line` });
              onClose();
            },
          });
        }}
        className="flex flex-col gap-3"
      >
        <Field label="Who answers for this line" error={fields.memberId} required>
          <Combobox
            value={memberId}
            onChange={setMember}
            options={(members.data ?? [])
              .filter(({ archived }) => !archived)
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field label="From" error={fields.startsOn} required>
          <DateInput value={startsOn} onChange={setStart} />
        </Field>
        <FieldError
          id="owner-error"
          error={Object.keys(fields).length === 0 ? save.error?.message : undefined}
        />
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={memberId === null || startsOn === null}
          className="self-end"
        >
          Save owner
        </Button>
      </Form>
    </Sheet>
  );
}
