"use client";

import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { membershipsPath, membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import type { Team } from "@/lib/teams/schema";

type Values = { readonly teamId: string; readonly startsOn: CalendarDate | null };

type MoveFormProps = { readonly member: Member; readonly teams: readonly Team[] };

/** To another team from a day on; the team of that day ends there, and seats cost the new one from then on. */
export function MoveForm({ member, teams }: MoveFormProps) {
  const today = useToday();
  const toast = useToast();
  const others = teams.filter(({ id }) => id !== member.team?.id);
  const form = useForm<Values>({ defaultValues: { teamId: "", startsOn: today } });
  const { errors } = form.formState;
  const save = useSave(
    (body: Values) =>
      sendJson<Member>(membershipsPath(member.id), {
        method: "POST",
        body,
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: [membersQuery().queryKey, ["budget"], ["forecast"], ["ledger"], ["seats"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      const team = teams.find(({ id }) => id === values.teamId);
      toast({
        title: `${member.name} is in ${team?.name ?? "the team"} from ${dateText(values.startsOn ?? today)}`,
      });
      form.reset();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["teamId", "startsOn"]);
    }
  });
  if (others.length === 0) return null;

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <Field
          label={member.team ? "Move to" : "Put in"}
          error={errors.teamId?.message}
          className="min-w-40 grow"
        >
          <Select
            {...form.register("teamId", { required: "Choose a team." })}
            placeholder="Choose a team"
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
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
          {member.team ? "Move" : "Put in team"}
        </Button>
      </div>
      <FieldError id="move-form-error" error={errors.root?.message} />
    </Form>
  );
}
