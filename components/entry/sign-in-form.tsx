"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useForm } from "react-hook-form";

import { ProviderDoor } from "@/components/entry/provider-door";
import { showRefusal } from "@/components/shell/use-save";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { sendJson } from "@/lib/http/fetch";
import type { SignedIn, SignInInput } from "@/lib/sign-in/schema";
import { doorQuery } from "@/lib/single-sign-on/queries";

type SignInFormProps = {
  /** Why a provider's sign-in did not work. */
  readonly refusal: string | null;
  /** Whose account is to be connected with the provider that they came from. */
  readonly connecting: { readonly email: string; readonly name: string } | null;
};

export function SignInForm({ refusal, connecting }: SignInFormProps) {
  const email = connecting?.email ?? "";
  const form = useForm<SignInInput>({ defaultValues: { email, password: "" } });
  const { errors, isSubmitting } = form.formState;
  const typed = form.watch("email").trim();
  const door = useQuery({
    ...doorQuery(typed),
    enabled: !connecting && /^[^@\s]+@[^@\s]+\.[^@\s]{2,}$/.test(typed),
  });

  const signIn = async ({ email: address, password }: SignInInput) => {
    try {
      const body = { email: address, password, ...(connecting && { connect: true }) };
      await sendJson<SignedIn>("/api/v1/session", { method: "POST", body });
      // A full load: nothing that was read before belongs to whoever signs in now.
      window.location.assign("/budget");
      await new Promise(() => {});
    } catch (error) {
      showRefusal(error as Error, form.setError, ["email", "password"]);
    }
  };

  return (
    <Form onSubmit={form.handleSubmit(signIn)} className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">{connecting ? `Connect ${connecting.name}` : "Sign in"}</h1>
      {refusal !== null && <Banner tone="warning">{refusal}</Banner>}
      {connecting && (
        <p className="text-muted">
          There is an account of {connecting.email} already. Sign in to it once with your password; from then
          on {connecting.name} opens it.
        </p>
      )}
      <Field label="E-mail" error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          autoFocus={!connecting}
          readOnly={connecting !== null}
          {...form.register("email", { required: "Type your e-mail address." })}
        />
      </Field>
      {door.data?.connection && (
        <ProviderDoor connection={door.data.connection} enforced={door.data.enforced} />
      )}
      <Field label="Password" error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="current-password"
          autoFocus={connecting !== null}
          {...form.register("password", { required: "Type your password." })}
        />
      </Field>
      <Link
        href="/forgot-password"
        className="inline-flex min-h-6 items-center self-start text-link hover:underline"
      >
        Forgot password
      </Link>
      <FieldError id="sign-in-error" error={errors.root?.message} />
      <Button type="submit" variant={door.data?.connection ? "secondary" : "primary"} busy={isSubmitting}>
        {connecting ? "Sign in and connect" : "Sign in"}
      </Button>
      {connecting && (
        <a href="/sign-in" className="self-center text-link underline">
          Not you, or not now
        </a>
      )}
    </Form>
  );
}
