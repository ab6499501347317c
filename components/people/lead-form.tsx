"use client";

import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { sendJson } from "@/lib/http/fetch";
import type { Member } from "@/lib/members/schema";
import { leadsPath, teamsQuery } from "@/lib/teams/queries";
import type { Team } from "@/lib/teams/schema";

type Values = { readonly memberId: string | null; readonly startsOn: CalendarDate | null };

type LeadFormProps = { readonly team: Team; readonly members: readonly Member[] };

/** Somebody leads the team from a day on. */
export function LeadForm({ team, members }: LeadFormProps) {
  const today = useToday();
  const form = useForm<Values>({ defaultValues: { memberId: null, startsOn: today } });
  const { errors } = form.formState;
  const save = useSave(
    (body: Values) =>
      sendJson<Team>(leadsPath(team.id), { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [teamsQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      form.reset();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["memberId", "startsOn"]);
    }
  });
  const options = members
    .filter(({ archived, kind }) => !archived && kind === "person")
    .map(({ id, name, team: own }) => ({ value: id, label: name, ...(own && { hint: own.name }) }));

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Led by" error={errors.memberId?.message} className="min-w-40 grow">
          <Controller
            control={form.control}
            name="memberId"
            rules={{ required: "Choose a member." }}
            render={({ field }) => <Combobox {...field} options={options} placeholder="Choose a member" />}
          />
        </Field>
        <Field label="From" error={errors.startsOn?.message} className="w-40">
          <Controller
            control={form.control}
            name="startsOn"
            rules={{ required: "Type a day." }}
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
        <Button type="submit" busy={save.isPending} className="mt-6">
          Add lead
        </Button>
      </div>
      <FieldError id="lead-form-error" error={errors.root?.message} />
    </Form>
  );
}
