"use client";

import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { MadeInvitation } from "@/components/settings/made-invitation";
import { RolesField } from "@/components/settings/roles-field";
import { TeamsField } from "@/components/settings/teams-field";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { sendJson } from "@/lib/http/fetch";
import { INVITATIONS_PATH, invitationsQuery } from "@/lib/invitations/queries";
import type { InvitationInput, NewInvitation } from "@/lib/invitations/schema";
import type { Team } from "@/lib/teams/schema";

type InviteFormProps = {
  readonly teams: readonly Team[];
  readonly onDirty: (dirty: boolean) => void;
};

/** Invites a colleague by a one-time link, which is mailed or shown once. */
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

  if (made) return <MadeInvitation made={made} />;
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
        Invite
      </Button>
    </Form>
  );
}
