"use client";

import { useForm } from "react-hook-form";

import { ProviderDoor } from "@/components/entry/provider-door";
import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { PASSWORD_CHARACTERS_MIN } from "@/lib/domain/password";
import { sendJson } from "@/lib/http/fetch";
import type { InvitationPreview } from "@/lib/invitations/schema";

type Values = { name: string; password: string };

/** Accepts an invitation: whoever is new chooses a password, whoever has an account proves it. */
export function JoinForm({
  token,
  invitation,
}: {
  readonly token: string;
  readonly invitation: InvitationPreview;
}) {
  const { organization, email, name, asks, provider } = invitation;
  const form = useForm<Values>({ defaultValues: { name, password: "" } });
  const { errors, isSubmitting } = form.formState;

  const accept = async (values: Values) => {
    try {
      await sendJson("/api/v1/invitations/acceptance", { method: "POST", body: { token, ...values } });
      window.location.assign("/budget");
      await new Promise(() => {});
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "password"]);
    }
  };

  return (
    <Form onSubmit={form.handleSubmit(accept)} className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">
          {asks === "nothing" ? "Sign in" : `Join ${organization}`}
        </h1>
        <p className="mt-1 text-muted">As {email}.</p>
      </div>
      {provider && <ProviderDoor connection={provider} alone={asks === "provider"} />}
      {asks === "provider" && !provider && (
        <p className="text-muted">
          Your account opens through the provider of other books, which says nothing for these. Ask whoever
          invited you to invite another address.
        </p>
      )}
      {asks === "new_password" && (
        <Field label="Your name" error={errors.name?.message}>
          <Input
            maxLength={100}
            autoComplete="name"
            {...form.register("name", { required: "Type your name." })}
          />
        </Field>
      )}
      {(asks === "new_password" || asks === "own_password") && (
        <Field
          label={asks === "new_password" ? "Choose a password" : "Your password"}
          hint={
            asks === "new_password"
              ? `At least ${PASSWORD_CHARACTERS_MIN} characters.`
              : "Of the account that you have."
          }
          error={errors.password?.message}
        >
          <Input
            type="password"
            autoComplete={asks === "new_password" ? "new-password" : "current-password"}
            {...form.register("password", { required: "Type a password." })}
          />
        </Field>
      )}
      <FieldError id="join-error" error={errors.root?.message} />
      {asks !== "provider" && (
        <Button type="submit" variant={provider ? "secondary" : "primary"} busy={isSubmitting}>
          {asks === "nothing" ? "Sign in" : "Join"}
        </Button>
      )}
    </Form>
  );
}
