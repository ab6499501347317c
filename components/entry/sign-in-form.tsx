"use client";

import Link from "next/link";
import { useForm } from "react-hook-form";

import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { sendJson } from "@/lib/http/fetch";
import type { SignedIn, SignInInput } from "@/lib/sign-in/schema";

export function SignInForm() {
  const form = useForm<SignInInput>({ defaultValues: { email: "", password: "" } });
  const { errors, isSubmitting } = form.formState;

  const signIn = async (body: SignInInput) => {
    try {
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
      <h1 className="text-title font-semibold">Sign in</h1>
      <Field label="E-mail" error={errors.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          autoFocus
          {...form.register("email", { required: "Type your e-mail address." })}
        />
      </Field>
      <Field label="Password" error={errors.password?.message}>
        <Input
          type="password"
          autoComplete="current-password"
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
      <Button type="submit" variant="primary" busy={isSubmitting}>
        Sign in
      </Button>
    </Form>
  );
}
