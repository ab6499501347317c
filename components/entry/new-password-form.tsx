"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";

import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { PASSWORD_CHARACTERS_MIN } from "@/lib/domain/password";
import { sendJson } from "@/lib/http/fetch";
import { PASSWORD_RESETS_PATH } from "@/lib/password-resets/queries";

type NewPasswordFormProps = { readonly token: string; readonly email: string };
type Values = { password: string };

/** Another password for whoever came by the link in the mail. */
export function NewPasswordForm({ token, email }: NewPasswordFormProps) {
  const [done, setDone] = useState(false);
  const form = useForm<Values>({ defaultValues: { password: "" } });
  const { errors, isSubmitting } = form.formState;

  const choose = async ({ password }: Values) => {
    try {
      await sendJson<void>(PASSWORD_RESETS_PATH, { method: "PUT", body: { token, password } });
      setDone(true);
    } catch (error) {
      showRefusal(error as Error, form.setError, ["password"]);
    }
  };

  if (done) {
    return (
      <div className="flex flex-col gap-4" role="status">
        <h1 className="text-title font-semibold">Your password was changed</h1>
        <p>Whoever was signed in with the old one is signed out.</p>
        <LinkButton href="/sign-in" variant="primary" className="self-start">
          Sign in
        </LinkButton>
      </div>
    );
  }
  return (
    <Form onSubmit={form.handleSubmit(choose)} className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">Choose another password</h1>
        <p className="mt-1 break-words text-muted">For {email}.</p>
      </div>
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field
        label="New password"
        hint={`At least ${PASSWORD_CHARACTERS_MIN} characters. A few words do well.`}
        error={errors.password?.message}
      >
        <Input
          type="password"
          autoComplete="new-password"
          autoFocus
          {...form.register("password", { required: "Choose a password." })}
        />
      </Field>
      <FieldError id="new-password-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={isSubmitting}>
        Change the password
      </Button>
    </Form>
  );
}
