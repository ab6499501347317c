"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";

import { CodeField } from "@/components/second-factor/code-field";
import { SetupPicture } from "@/components/second-factor/setup-picture";
import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { sendJson } from "@/lib/http/fetch";
import { SECOND_FACTOR_PATH, SETUP_PATH } from "@/lib/second-factor/queries";
import type { CodeInput, RecoveryCodes, SecondFactorSetup } from "@/lib/second-factor/schema";

type SetupFormProps = { readonly onDone: (recoveryCodes: readonly string[]) => void };

/** Shows a new secret to the reader's phone, and asks for the first code that it makes. */
export function SetupForm({ onDone }: SetupFormProps) {
  const [setup, setSetup] = useState<SecondFactorSetup | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const begin = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      setSetup(await sendJson<SecondFactorSetup>(SETUP_PATH, { method: "PUT", body: {} }));
    } catch (error) {
      setRefusal((error as Error).message);
    }
    setBusy(false);
  };
  if (setup) return <ConfirmForm setup={setup} onDone={onDone} />;
  return (
    <div className="flex flex-col gap-2">
      <Button variant="primary" busy={busy} onClick={begin} className="self-start">
        Set up
      </Button>
      <FieldError id="setup-error" error={refusal ?? undefined} />
    </div>
  );
}

function ConfirmForm({ setup, onDone }: SetupFormProps & { readonly setup: SecondFactorSetup }) {
  const form = useForm<CodeInput>({ defaultValues: { code: "" } });
  const { errors, isSubmitting } = form.formState;
  const confirm = async (body: CodeInput) => {
    try {
      onDone((await sendJson<RecoveryCodes>(SECOND_FACTOR_PATH, { method: "PUT", body })).recoveryCodes);
    } catch (error) {
      showRefusal(error as Error, form.setError, ["code"]);
    }
  };
  return (
    <Form onSubmit={form.handleSubmit(confirm)} className="flex flex-col gap-4">
      <SetupPicture setup={setup} />
      <CodeField
        label="First code"
        hint="The six digits that the app shows now."
        autoFocus
        error={errors.code?.message}
        {...form.register("code", { required: "Type the code." })}
      />
      <FieldError id="confirm-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={isSubmitting} className="self-end">
        Turn on
      </Button>
    </Form>
  );
}
