"use client";

import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { WEBHOOKS_PATH, webhookPath, webhooksQuery } from "@/lib/webhooks/queries";
import type { NewWebhook, Webhook, WebhookInput } from "@/lib/webhooks/schema";

type WebhookFormProps = {
  /** Absent: a new one. */
  readonly webhook?: Webhook;
  readonly onDirty: (dirty: boolean) => void;
};

/** A webhook's name and address; of a new one the secret too, once. */
export function WebhookForm({ webhook, onDirty }: WebhookFormProps) {
  const toast = useToast();
  const [secret, setSecret] = useState<string | null>(null);
  const form = useForm<WebhookInput>({ defaultValues: { name: webhook?.name ?? "", url: "" } });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty && secret === null), [onDirty, isDirty, secret]);
  const save = useSave(
    ({ name, url }: WebhookInput): Promise<Webhook | NewWebhook> =>
      webhook
        ? sendJson<Webhook>(webhookPath(webhook.id), {
            method: "PATCH",
            body: { name, ...(url !== "" && { url }) },
            version: webhook.version,
          })
        : sendJson<NewWebhook>(WEBHOOKS_PATH, {
            method: "POST",
            body: { name, url },
            idempotencyKey: crypto.randomUUID(),
          }),
    { invalidates: [webhooksQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      if ("secret" in saved) setSecret(saved.secret);
      else {
        toast({ title: `${saved.name} was saved` });
        form.reset({ name: saved.name, url: "" });
      }
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "url"]);
    }
  });

  if (secret !== null) {
    return (
      <CopyField
        label="Secret"
        value={secret}
        hint="It is shown only now. A program checks by it that a message comes from these books; a chat needs none."
      />
    );
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field
        label={webhook ? "New address" : "Address"}
        error={errors.url?.message}
        {...(webhook ? { optional: true } : { required: true })}
        hint={
          webhook
            ? `It goes to ${webhook.host}. The address is kept sealed and is not shown.`
            : "Begins with https://. It is kept sealed and is not shown again."
        }
      >
        <Input
          {...form.register("url", webhook ? {} : { required: "Type an address." })}
          type="url"
          inputMode="url"
          autoComplete="off"
          maxLength={2_000}
        />
      </Field>
      <FieldError id="webhook-error" error={errors.root?.message} />
      <Button
        type="submit"
        variant={webhook ? "secondary" : "primary"}
        busy={save.isPending}
        disabled={webhook !== undefined && !isDirty}
        className="self-end"
      >
        {webhook ? "Save" : "Add"}
      </Button>
    </Form>
  );
}
