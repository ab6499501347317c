"use client";

import { useForm } from "react-hook-form";

import { CodeField } from "@/components/second-factor/code-field";
import { SignOutInstead } from "@/components/second-factor/sign-out-instead";
import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { sendJson } from "@/lib/http/fetch";
import { SESSION_SECOND_FACTOR_PATH } from "@/lib/second-factor/queries";
import type { CodeInput } from "@/lib/second-factor/schema";

/** The second half of signing in. */
export function CodeForm({ email }: { readonly email: string }) {
  const form = useForm<CodeInput>({ defaultValues: { code: "" } });
  const { errors, isSubmitting } = form.formState;
  const prove = async (body: CodeInput) => {
    try {
      await sendJson<void>(SESSION_SECOND_FACTOR_PATH, { method: "PUT", body });
      window.location.assign("/budget");
      await new Promise(() => {});
    } catch (error) {
      showRefusal(error as Error, form.setError, ["code"]);
    }
  };
  return (
    <Form onSubmit={form.handleSubmit(prove)} className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">Second factor</h1>
        <p className="mt-1 break-words text-muted">For {email}.</p>
      </div>
      <CodeField
        autoFocus
        hint="Six digits from your authenticator app, or a recovery code."
        error={errors.code?.message}
        {...form.register("code", { required: "Type the code." })}
      />
      <FieldError id="code-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={isSubmitting}>
        Go on
      </Button>
      <p className="text-muted text-small">
        No phone and no recovery code? Whoever runs this server can take the second factor off your account.
      </p>
      <SignOutInstead />
    </Form>
  );
}
