"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";

import { startSingleSignOn } from "@/components/entry/start-single-sign-on";
import { CodeField } from "@/components/second-factor/code-field";
import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { accountQuery, PROOF_PATH, PROVIDER_PROOF_PATH } from "@/lib/account/queries";
import type { Account, ProofInput } from "@/lib/account/schema";
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

  if (account.data?.provider) return <ThroughProvider provider={account.data.provider} />;
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

/** For whoever came through a provider: it asks them once more, and sends them back to this page. */
function ThroughProvider({
  provider: { id, name },
}: {
  readonly provider: NonNullable<Account["provider"]>;
}) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const go = async () => {
    setBusy(true);
    setFailed(false);
    try {
      await sendJson<void>(PROVIDER_PROOF_PATH, { method: "PUT", body: {} });
      await startSingleSignOn(id, window.location.pathname + window.location.search);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <div className="flex flex-col gap-4 pb-2">
      <p>You came through {name}. Prove it there; you come back to this page, and ask once more.</p>
      <FieldError
        id="provider-error"
        error={failed ? "It could not be reached. Look at your network, then try again." : undefined}
      />
      <Button variant="primary" className="self-end" busy={busy} onClick={go}>
        Continue with {name}
      </Button>
    </div>
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
