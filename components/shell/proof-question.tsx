"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";

import { CodeField } from "@/components/second-factor/code-field";
import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { accountQuery, PROOF_PATH } from "@/lib/account/queries";
import type { ProofInput } from "@/lib/account/schema";
import { askProofBy, sendJson } from "@/lib/http/fetch";

type Question = { readonly answer: (proven: boolean) => void };

/**
 * Asks whoever is signed in, wherever a change takes a fresh sign-in, to prove who they are; then the same change goes
 * out again. One place for every form.
 */
export function ProofQuestion() {
  const [question, setQuestion] = useState<Question | null>(null);
  useEffect(() => askProofBy(() => new Promise((answer) => setQuestion({ answer }))), []);
  if (question === null) return null;

  const settle = (proven: boolean) => {
    question.answer(proven);
    setQuestion(null);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && settle(false)}
      title="Is it you?"
      description="This asks for a sign-in that is less than an hour old."
    >
      <ProofForm onProven={() => settle(true)} />
    </Dialog>
  );
}

function ProofForm({ onProven }: { readonly onProven: () => void }) {
  const account = useQuery(accountQuery());
  const form = useForm<ProofInput>({ defaultValues: {} });
  const { errors, isSubmitting } = form.formState;
  const asksPassword = account.data?.hasPassword ?? true;
  const asksCode = account.data?.hasSecondFactor ?? false;

  const prove = async (body: ProofInput) => {
    try {
      await sendJson<void>(PROOF_PATH, { method: "PUT", body });
      onProven();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["password", "code"]);
    }
  };

  if (!asksPassword && !asksCode) return <SignInAnew />;
  return (
    <Form onSubmit={form.handleSubmit(prove)} className="flex flex-col gap-4 pb-2">
      <input type="hidden" name="username" autoComplete="username" value={account.data?.email ?? ""} />
      {asksPassword && (
        <Field label="Your password" error={errors.password?.message}>
          <Input
            type="password"
            autoComplete="current-password"
            autoFocus
            {...form.register("password", { required: "Type your password.", shouldUnregister: true })}
          />
        </Field>
      )}
      {asksCode && (
        <CodeField
          hint="Six digits from your authenticator app, or a recovery code."
          autoFocus={!asksPassword}
          error={errors.code?.message}
          {...form.register("code", { required: "Type the code.", shouldUnregister: true })}
        />
      )}
      <FieldError id="proof-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={isSubmitting} className="self-end">
        Go on
      </Button>
    </Form>
  );
}

/** For whoever signs in elsewhere and has no password here. */
function SignInAnew() {
  const signOut = async () => {
    await sendJson<void>("/api/v1/session", { method: "DELETE" });
    window.location.assign("/sign-in");
  };
  return (
    <div className="flex flex-col gap-4 pb-2">
      <p>Your account has no password here. Sign out and in again, then ask once more.</p>
      <Button variant="primary" className="self-end" onClick={signOut}>
        Sign out
      </Button>
    </div>
  );
}
