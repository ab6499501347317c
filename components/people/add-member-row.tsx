"use client";

import { useRef, useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { VisuallyHidden } from "@/components/ui/visually-hidden";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { sendJson } from "@/lib/http/fetch";
import { MEMBERS_PATH, membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import type { Team } from "@/lib/teams/schema";

type Values = {
  readonly name: string;
  readonly email: string;
  readonly teamId: string;
  readonly startsOn: CalendarDate | null;
};

type AddMemberRowProps = {
  readonly teams: readonly Team[];
  /** From when on somebody is in their first team, unless something else is typed. */
  readonly defaultStart: CalendarDate;
  /** Several rows were pasted where one name belongs. */
  readonly onPasteRows: (text: string, teamId: string | null, startsOn: CalendarDate) => void;
};

/** The last row of the table: a name, Enter, and the next one. */
export function AddMemberRow({ teams, defaultStart, onPasteRows }: AddMemberRowProps) {
  const [added, setAdded] = useState("");
  const key = useRef(crypto.randomUUID());
  const empty = { name: "", email: "", teamId: teams[0]?.id ?? "", startsOn: defaultStart };
  const form = useForm<Values>({ defaultValues: empty });
  const { errors } = form.formState;
  const save = useSave(
    ({ name, email, teamId, startsOn }: Values) =>
      sendJson<Member>(MEMBERS_PATH, {
        method: "POST",
        idempotencyKey: key.current,
        body: {
          name,
          email: email.trim() || null,
          ...(teamId && { teamId, startsOn: startsOn ?? defaultStart }),
        },
      }),
    { invalidates: [membersQuery().queryKey] },
  );

  const submit = form.handleSubmit(async (values) => {
    try {
      const { name } = await save.mutateAsync(values);
      setAdded(`${name} was added.`);
      form.reset({ ...values, name: "", email: "" });
      form.setFocus("name");
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "email", "teamId", "startsOn"]);
    } finally {
      key.current = crypto.randomUUID();
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-2 border-line border-t px-4 py-3" data-print="hide">
      <div className="flex flex-wrap items-start gap-2">
        <Field label="Name" labelHidden error={errors.name?.message} className="min-w-48 grow basis-56">
          <Input
            {...form.register("name", { required: "Type a name." })}
            placeholder="Add a member, or paste a column of names"
            maxLength={100}
            onPaste={(event) => {
              const text = event.clipboardData.getData("text/plain");
              if (!/[\r\n\t]/.test(text.trim())) return;
              event.preventDefault();
              const { teamId, startsOn } = form.getValues();
              onPasteRows(text, teamId || null, startsOn ?? defaultStart);
            }}
          />
        </Field>
        <Field label="E-mail" labelHidden error={errors.email?.message} className="min-w-40 grow basis-40">
          <Input {...form.register("email")} type="email" placeholder="E-mail (optional)" />
        </Field>
        {teams.length > 1 && <TeamFields form={form} teams={teams} />}
        <Button type="submit" busy={save.isPending}>
          Add
        </Button>
      </div>
      <FieldError id="add-member-error" error={errors.root?.message} />
      <VisuallyHidden>
        <span role="status">{added}</span>
      </VisuallyHidden>
    </Form>
  );
}

type TeamFieldsProps = {
  readonly form: ReturnType<typeof useForm<Values>>;
  readonly teams: readonly Team[];
};

function TeamFields({ form, teams }: TeamFieldsProps) {
  const { errors } = form.formState;
  return (
    <>
      <Field label="Team" labelHidden error={errors.teamId?.message} className="w-40">
        <Select
          {...form.register("teamId")}
          options={teams.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field label="In this team from" labelHidden error={errors.startsOn?.message} className="w-40">
        <Controller control={form.control} name="startsOn" render={({ field }) => <DateInput {...field} />} />
      </Field>
    </>
  );
}
