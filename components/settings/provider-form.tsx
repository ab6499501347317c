"use client";

import { useForm } from "react-hook-form";

import { type ProviderValues, TaxFields, taxOf, taxValues } from "@/components/settings/tax-fields";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { SERVICE_PROVIDERS_PATH, serviceProviderPath } from "@/lib/catalogue/queries";
import type { ServiceProvider, ServiceProviderChange } from "@/lib/catalogue/schema";
import { sendJson } from "@/lib/http/fetch";

type Change = Omit<ServiceProviderChange, "id" | "version">;

type ProviderFormProps = {
  /** Absent: a new one. */
  readonly provider?: ServiceProvider;
  readonly onSaved: () => void;
};

/** Who sells plans or metered use. */
export function ProviderForm({ provider, onSaved }: ProviderFormProps) {
  const toast = useToast();
  const form = useForm<ProviderValues>({
    defaultValues: {
      name: provider?.name ?? "",
      website: provider?.website ?? "",
      ...taxValues(provider?.tax ?? null),
    },
  });
  const { errors, isDirty } = form.formState;
  const save = useSave(
    (body: Change) =>
      provider
        ? sendJson<ServiceProvider>(serviceProviderPath(provider.id), {
            method: "PATCH",
            body,
            version: provider.version,
          })
        : sendJson<ServiceProvider>(SERVICE_PROVIDERS_PATH, {
            method: "POST",
            body,
            idempotencyKey: crypto.randomUUID(),
          }),
    { invalidates: [["catalogue"]] },
  );
  const change = async (body: Change, done: string) => {
    try {
      await save.mutateAsync(body);
      toast({ title: done });
      onSaved();
    } catch (error) {
      showRefusal(error as Error, form.setError, [
        "name",
        "website",
        "treatment",
        "rate",
        "recoverable",
        "code",
      ]);
    }
  };

  return (
    <Form
      onSubmit={form.handleSubmit(({ name, website, ...tax }) =>
        change(
          { name, website: website.trim() || null, tax: taxOf(tax) },
          `${name.trim()} was ${provider ? "saved" : "added"}`,
        ),
      )}
      className="flex flex-col gap-3"
    >
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field label="Website" optional error={errors.website?.message}>
        <Input {...form.register("website")} type="url" placeholder="https://" />
      </Field>
      <TaxFields form={form} />
      <FieldError id="provider-error" error={errors.root?.message} />
      <div className="flex flex-wrap justify-end gap-2">
        {provider && (
          <Button
            variant="quiet"
            disabled={save.isPending}
            onClick={() =>
              change(
                { archived: !provider.archived },
                provider.archived ? `${provider.name} is back` : `${provider.name} was archived`,
              )
            }
          >
            {provider.archived ? "Take out of the archive" : "Archive"}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={provider !== undefined && !isDirty}
        >
          {provider ? "Save" : "Add provider"}
        </Button>
      </div>
    </Form>
  );
}
