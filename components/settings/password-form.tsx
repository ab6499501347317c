"use client";

import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { OWN_PASSWORD_PATH } from "@/lib/account/queries";
import type { PasswordChange } from "@/lib/account/schema";
import { PASSWORD_CHARACTERS_MIN } from "@/lib/domain/password";
import { sendJson } from "@/lib/http/fetch";
import { sessionsQuery } from "@/lib/sessions/queries";

/** Another password, for whoever knows the present one. */
export function PasswordForm({ email }: { readonly email: string }) {
  const toast = useToast();
  const form = useForm<PasswordChange>({ defaultValues: { current: "", password: "" } });
  const { errors } = form.formState;
  const save = useSave((body: PasswordChange) => sendJson<void>(OWN_PASSWORD_PATH, { method: "PUT", body }), {
    invalidates: [sessionsQuery().queryKey],
  });
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      form.reset();
      toast({ title: "Your password was changed" });
    } catch (error) {
      showRefusal(error as Error, form.setError, ["current", "password"]);
    }
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field label="Present password" error={errors.current?.message}>
        <Input
          type="password"
          autoComplete="current-password"
          {...form.register("current", { required: "Type your password." })}
        />
      </Field>
      <Field
        label="New password"
        hint={`At least ${PASSWORD_CHARACTERS_MIN} characters. A few words do well.`}
        error={errors.password?.message}
      >
        <Input
          type="password"
          autoComplete="new-password"
          {...form.register("password", { required: "Choose a password." })}
        />
      </Field>
      <FieldError id="password-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Change the password
      </Button>
    </Form>
  );
}
