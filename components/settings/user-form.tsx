"use client";

import { useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { RolesField } from "@/components/settings/roles-field";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { USERS_PATH, usersQuery } from "@/lib/users/queries";
import type { User, UserChange } from "@/lib/users/schema";

type UserFormProps = { readonly user: User; readonly onSaved: () => void };
type Values = Pick<UserChange, "roles" | "roleEndsOn">;

/** What somebody who can sign in may do, until when, and the end of it; counts from their next request. */
export function UserForm({ user, onSaved }: UserFormProps) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const form = useForm<Values>({
    defaultValues: { roles: [...user.roles], roleEndsOn: user.roleEndsOn },
  });
  const { errors, isDirty } = form.formState;
  const path = `${USERS_PATH}/${user.id}`;
  const invalidates = [usersQuery().queryKey];
  const save = useSave((body: Values) => sendJson<User>(path, { method: "PATCH", body }), { invalidates });
  const remove = useSave(() => sendJson<void>(path, { method: "DELETE" }), { invalidates });

  const run = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast({ title: done });
      onSaved();
    } catch (error) {
      setAsking(false);
      showRefusal(error as Error, form.setError, ["roles", "roleEndsOn"]);
    }
  };

  return (
    <Form
      onSubmit={form.handleSubmit((values) => run(() => save.mutateAsync(values), `${user.name} was saved`))}
      className="flex flex-col gap-4"
    >
      <Controller
        control={form.control}
        name="roles"
        render={({ field }) => (
          <RolesField value={field.value} onChange={field.onChange} error={errors.roles?.message} />
        )}
      />
      <Field label="Until" optional hint="The first day without access." error={errors.roleEndsOn?.message}>
        <Controller
          control={form.control}
          name="roleEndsOn"
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      <FieldError id="user-error" error={errors.root?.message} />
      <div className="flex justify-between gap-2">
        <Button onClick={() => setAsking(true)}>Take access away</Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
          Save
        </Button>
      </div>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={`Take the access of ${user.name} away?`}
        confirmLabel="Take access away"
        busy={remove.isPending}
        onConfirm={() => run(() => remove.mutateAsync(undefined), `${user.name} can no longer sign in here`)}
      >
        They are signed out of this organization at once. What they entered stays.
      </Confirm>
    </Form>
  );
}
