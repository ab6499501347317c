"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";

import { ExportEverything } from "@/components/settings/organization-data";
import { SettingsSection } from "@/components/settings/settings-section";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { sendJson } from "@/lib/http/fetch";
import { ORGANIZATION_REMOVAL_PATH } from "@/lib/organization/queries";
import type { Removed } from "@/lib/removal/schema";

/** The end of an organization. */
export function RemoveOrganization({ name }: { readonly name: string }) {
  const [open, setOpen] = useState(false);
  return (
    <SettingsSection
      title="Remove the organization"
      note="Its books, closed months and audit trail go for good, with everybody's access. Nobody can bring them back, unless whoever runs the server keeps a backup."
    >
      <Button onClick={() => setOpen(true)}>Remove the organization…</Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Remove ${name}?`}>
        <RemovalForm name={name} onCancel={() => setOpen(false)} />
      </Dialog>
    </SettingsSection>
  );
}

type RemovalFormProps = { readonly name: string; readonly onCancel: () => void };

function RemovalForm({ name, onCancel }: RemovalFormProps) {
  const form = useForm({ defaultValues: { name: "" } });
  const { errors } = form.formState;
  const remove = useSave(
    (body: { readonly name: string }) =>
      sendJson<Removed>(ORGANIZATION_REMOVAL_PATH, { method: "PUT", body }),
    { invalidates: [] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const { organization } = await remove.mutateAsync(values);
      // A full load: the session looks at other books now, or has ended.
      window.location.assign(organization === null ? "/sign-in" : "/budget");
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3 pb-2">
      <p className="text-muted">
        Everybody is signed out of it at once; tokens, calendars, webhooks and invitations end. Then every row
        goes: invoices with their files, seats, usage, budgets, closed months, the audit trail. Whoever
        belongs to no other organization loses the account too.
      </p>
      <div className="flex flex-col items-start gap-2">
        <p className="font-medium">Take everything out first, if it may be needed again.</p>
        <ExportEverything name={name} />
      </div>
      <Field label={`Type ${name} to confirm`} error={errors.name?.message} required>
        <Input
          {...form.register("name", { validate: (typed) => typed === name || "Type the name as it is." })}
          autoComplete="off"
        />
      </Field>
      <FieldError id="removal-error" error={errors.root?.message} />
      <p className="font-medium">This cannot be undone.</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="danger" busy={remove.isPending}>
          Remove the organization
        </Button>
      </div>
    </Form>
  );
}
