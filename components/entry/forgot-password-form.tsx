"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";

import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { RESET_MINUTES } from "@/lib/domain/password-reset";
import { sendJson } from "@/lib/http/fetch";
import { PASSWORD_RESETS_PATH } from "@/lib/password-resets/queries";
import type { ResetRequest } from "@/lib/password-resets/schema";

/** Asks for the mail by which another password is chosen; says the same whoever's address it is. */
export function ForgotPasswordForm() {
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const form = useForm<ResetRequest>({ defaultValues: { email: "" } });
  const { errors, isSubmitting } = form.formState;

  const request = async (body: ResetRequest) => {
    try {
      await sendJson<void>(PASSWORD_RESETS_PATH, { method: "POST", body });
      setAskedFor(body.email);
    } catch (error) {
      showRefusal(error as Error, form.setError, ["email"]);
    }
  };

  if (askedFor !== null) {
    return (
      <div className="flex flex-col gap-4" role="status">
        <h1 className="text-title font-semibold">Look into your mailbox</h1>
        <p className="break-words">
          If {askedFor} has an account here, a link is on its way. It works once, for {RESET_MINUTES} minutes.
        </p>
        <LinkButton href="/sign-in" className="self-start">
          Back to sign in
        </LinkButton>
      </div>
    );
  }
  return (
    <Form onSubmit={form.handleSubmit(request)} className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">Forgot password</h1>
        <p className="mt-1 text-muted">You get a link by mail, with which you choose another.</p>
      </div>
      <Field label="E-mail" error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          autoFocus
          {...form.register("email", { required: "Type your e-mail address." })}
        />
      </Field>
      <FieldError id="forgot-error" error={errors.root?.message} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isSubmitting} className="grow">
          Send the link
        </Button>
        <LinkButton href="/sign-in">Back</LinkButton>
      </div>
    </Form>
  );
}
