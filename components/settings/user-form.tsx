"use client";

import { Controller, useForm } from "react-hook-form";

import { RolesField } from "@/components/settings/roles-field";
import { TeamsField } from "@/components/settings/teams-field";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import type { Team } from "@/lib/teams/schema";
import { USERS_PATH, usersQuery } from "@/lib/users/queries";
import type { User } from "@/lib/users/schema";

type UserFormProps = {
  readonly user: User;
  readonly teams: readonly Team[];
  readonly onSaved: () => void;
};

/** What somebody who can sign in may do, of which teams, and until when; counts from their next request. */
export function UserForm({ user, teams, onSaved }: UserFormProps) {
  const toast = useToast();
  const form = useForm({
    defaultValues: { roles: [...user.roles], roleEndsOn: user.roleEndsOn, teamIds: [...user.ledTeamIds] },
  });
  const { errors, isDirty } = form.formState;
  const roles = form.watch("roles");
  const save = useSave(
    (body: object) => sendJson<User>(`${USERS_PATH}/${user.id}`, { method: "PATCH", body }),
    { invalidates: [usersQuery().queryKey, ["teams"]] },
  );
  const submit = form.handleSubmit(async ({ teamIds, ...values }) => {
    try {
      await save.mutateAsync(values.roles.includes("lead") ? { ...values, teamIds } : values);
      toast({ title: `${user.name} was saved` });
      onSaved();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["roles", "roleEndsOn"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Controller
        control={form.control}
        name="roles"
        render={({ field }) => (
          <RolesField value={field.value} onChange={field.onChange} error={errors.roles?.message} />
        )}
      />
      {roles.includes("lead") && teams.length > 0 && (
        <Controller
          control={form.control}
          name="teamIds"
          render={({ field }) => <TeamsField teams={teams} value={field.value} onChange={field.onChange} />}
        />
      )}
      <Field label="Until" optional hint="The first day without access." error={errors.roleEndsOn?.message}>
        <Controller
          control={form.control}
          name="roleEndsOn"
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      <FieldError id="user-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty} className="self-end">
        Save
      </Button>
    </Form>
  );
}
