"use client";

import { useEffect, useState } from "react";
import { type UseFormReturn, useForm } from "react-hook-form";

import { ConnectionDomains } from "@/components/settings/connection-domains";
import { type ConnectionValues, toBody, valuesOf } from "@/components/settings/connection-values";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Confirm } from "@/components/ui/confirm";
import { CopyField } from "@/components/ui/copy-field";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { PROVIDER_NAMES, type ProviderKind } from "@/lib/domain/sign-in-provider";
import { sendJson } from "@/lib/http/fetch";
import { CONNECTIONS_PATH, connectionPath, connectionsQuery } from "@/lib/single-sign-on/queries";
import type { Connection } from "@/lib/single-sign-on/schema";

type ConnectionFormProps = {
  /** Absent: a new one. */
  readonly connection?: Connection;
  readonly onDirty: (dirty: boolean) => void;
  /** With the id of what was saved; null when it is gone. */
  readonly onSaved: (id: string | null) => void;
};

const KINDS = [
  { value: "oidc", label: "Any OpenID Connect provider" },
  { value: "google", label: "Google" },
  { value: "microsoft", label: "Microsoft Entra" },
  { value: "github", label: "GitHub" },
];

/** A provider: where it is, what it knows us as, and whose addresses it may vouch for. */
export function ConnectionForm({ connection, onDirty, onSaved }: ConnectionFormProps) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const form = useForm<ConnectionValues>({ defaultValues: valuesOf(connection) });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  const invalidates = [connectionsQuery().queryKey];
  const save = useSave(
    (values: ConnectionValues) =>
      connection
        ? sendJson<Connection>(connectionPath(connection.id), {
            method: "PATCH",
            body: toBody(values, connection),
            version: connection.version,
          })
        : sendJson<Connection>(CONNECTIONS_PATH, { method: "POST", body: toBody(values) }),
    { invalidates },
  );
  const remove = useSave(() => sendJson<void>(connectionPath(connection?.id ?? ""), { method: "DELETE" }), {
    invalidates,
  });

  const run = async (work: () => Promise<string | null>, done: string) => {
    try {
      const id = await work();
      toast({ title: done });
      onDirty(false);
      onSaved(id);
    } catch (error) {
      setAsking(false);
      showRefusal(error as Error, form.setError, ["name", "issuer", "clientId", "clientSecret", "domains"]);
    }
  };

  return (
    <Form
      onSubmit={form.handleSubmit((values) =>
        run(async () => (await save.mutateAsync(values)).id, `${values.name} was saved`),
      )}
      className="flex flex-col gap-4"
    >
      <ProviderFields form={form} {...(connection && { connection })} />
      <ConnectionDomains form={form} proven={(connection?.usedAt ?? null) !== null} />
      <Checkbox
        label="Whoever it vouches for joins as a member"
        hint="Without it, only people who were invited get in."
        {...form.register("admitsNewcomers")}
      />
      <FieldError id="connection-error" error={errors.root?.message} />
      <div className="flex justify-between gap-2">
        {connection ? <Button onClick={() => setAsking(true)}>Remove</Button> : <span />}
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
          Save
        </Button>
      </div>
      {connection && (
        <Confirm
          open={asking}
          onOpenChange={setAsking}
          title={`Remove ${connection.name}?`}
          confirmLabel="Remove provider"
          busy={remove.isPending}
          onConfirm={() =>
            run(async () => {
              await remove.mutateAsync(undefined);
              return null;
            }, `${connection.name} was removed`)
          }
        >
          Whoever came through it is signed out, and signs in with a password from then on.
        </Confirm>
      )}
    </Form>
  );
}

type ProviderFieldsProps = {
  readonly form: UseFormReturn<ConnectionValues>;
  readonly connection?: Connection;
};

function ProviderFields({ form, connection }: ProviderFieldsProps) {
  const { errors } = form.formState;
  const kind = form.watch("kind");
  const rename = (next: ProviderKind) => {
    const { name } = form.getValues();
    if (Object.values(PROVIDER_NAMES).includes(name)) form.setValue("name", PROVIDER_NAMES[next]);
  };
  return (
    <>
      {!connection && (
        <Field label="Provider">
          <Select
            options={KINDS}
            {...form.register("kind", { onChange: (event) => rename(event.target.value) })}
          />
        </Field>
      )}
      <Field
        label="Name"
        hint="What the button on the sign-in page says."
        error={errors.name?.message}
        required
      >
        <Input {...form.register("name", { required: "Type a name." })} maxLength={60} />
      </Field>
      {kind !== "google" && (
        <Field
          label={kind === "github" ? "Address" : "Issuer"}
          hint={ISSUER_HINTS[kind]}
          optional={kind === "github"}
          error={errors.issuer?.message}
        >
          <Input type="url" {...form.register("issuer")} placeholder="https://" maxLength={300} />
        </Field>
      )}
      <Field label="Client id" error={errors.clientId?.message} required>
        <Input {...form.register("clientId", { required: "Type the id." })} autoComplete="off" />
      </Field>
      <Field
        label="Client secret"
        error={errors.clientSecret?.message}
        {...(connection && { hint: "Kept sealed. Leave it empty to keep the one that is there." })}
      >
        <Input
          type="password"
          autoComplete="new-password"
          {...form.register("clientSecret", { required: connection ? false : "Type the secret." })}
        />
      </Field>
      {connection ? (
        <CopyField
          label="Redirect address"
          value={connection.callbackUrl}
          hint="The provider asks for it, and sends people nowhere else."
        />
      ) : (
        <p className="text-muted text-small">
          Once it is saved, you get the redirect address for the provider.
        </p>
      )}
    </>
  );
}

const ISSUER_HINTS: Readonly<Record<ProviderKind, string>> = {
  oidc: "The provider's address, as it writes it itself.",
  google: "",
  microsoft: "https://login.microsoftonline.com/, the id of your directory, and /v2.0.",
  github: "Only for an Enterprise server of your own.",
};
