"use client";

import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { RolesField } from "@/components/settings/roles-field";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyField } from "@/components/ui/copy-field";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { sendJson } from "@/lib/http/fetch";
import type { Team } from "@/lib/teams/schema";
import { INVITATIONS_PATH, invitationsQuery } from "@/lib/users/queries";
import type { InvitationInput, NewInvitation } from "@/lib/users/schema";

type InviteFormProps = {
  readonly teams: readonly Team[];
  readonly onDirty: (dirty: boolean) => void;
};

/** Makes a one-time link for a colleague and shows it, once. */
export function InviteForm({ teams, onDirty }: InviteFormProps) {
  const [made, setMade] = useState<NewInvitation | null>(null);
  const form = useForm<InvitationInput>({
    defaultValues: { email: "", name: "", roles: ["member"], teamIds: [], memberId: null, roleEndsOn: null },
  });
  const { errors, isDirty } = form.formState;
  const roles = form.watch("roles");
  useEffect(() => onDirty(isDirty && made === null), [onDirty, isDirty, made]);
  const save = useSave(
    (body: InvitationInput) =>
      sendJson<NewInvitation>(INVITATIONS_PATH, {
        method: "POST",
        body,
        idempotencyKey: crypto.randomUUID(),
      }),
    { invalidates: [invitationsQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      // A lead of one team leads that one.
      const [only, ...others] = teams;
      const teamIds = only && others.length === 0 ? [only.id] : values.teamIds;
      setMade(await save.mutateAsync({ ...values, teamIds: values.roles.includes("lead") ? teamIds : [] }));
    } catch (error) {
      showRefusal(error as Error, form.setError, ["email", "name", "roles", "roleEndsOn"]);
    }
  });

  if (made) {
    return (
      <CopyField
        label={`Link for ${made.name}`}
        value={made.link}
        hint="It is shown only now, works once, and for seven days. Send it to that person alone."
      />
    );
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field label="E-mail" error={errors.email?.message} required>
        <Input {...form.register("email", { required: "Type an address." })} type="email" maxLength={254} />
      </Field>
      <Controller
        control={form.control}
        name="roles"
        render={({ field }) => (
          <RolesField value={field.value} onChange={field.onChange} error={errors.roles?.message} />
        )}
      />
      {roles.includes("lead") && teams.length > 1 && (
        <Controller
          control={form.control}
          name="teamIds"
          render={({ field }) => <TeamsField teams={teams} value={field.value} onChange={field.onChange} />}
        />
      )}
      {roles.includes("auditor") && (
        <Field label="Until" optional hint="The first day without access." error={errors.roleEndsOn?.message}>
          <Controller
            control={form.control}
            name="roleEndsOn"
            render={({ field }) => <DateInput {...field} />}
          />
        </Field>
      )}
      <FieldError id="invite-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Make the link
      </Button>
    </Form>
  );
}

type TeamsFieldProps = {
  readonly teams: readonly Team[];
  readonly value: readonly string[];
  readonly onChange: (teamIds: string[]) => void;
};

function TeamsField({ teams, value, onChange }: TeamsFieldProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Leads</legend>
      {teams.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={value.includes(id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  );
}
