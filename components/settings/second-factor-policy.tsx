"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";

import { ROLE_NAMES } from "@/components/settings/roles-field";
import { SettingsSection } from "@/components/settings/settings-section";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorState } from "@/components/ui/error-state";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { ROLES, type Role } from "@/lib/domain/permission";
import { sendJson } from "@/lib/http/fetch";
import { POLICY_PATH, policyQuery } from "@/lib/second-factor/queries";
import type { SignInPolicy } from "@/lib/second-factor/schema";

/** Of whom the organization asks for a second factor. */
export function SecondFactorPolicy() {
  const policy = useQuery(policyQuery());
  return (
    <SettingsSection
      title="Second factor"
      note="Whoever has one of these roles and signs in with a password shows a code of their phone too. Who has none yet sets it up before anything else opens. A provider asks for its own."
    >
      <Card className="max-w-xl">
        {policy.isPending && <Skeleton className="h-40" />}
        {policy.isError && (
          <ErrorState title="This could not be read" onRetry={() => policy.refetch()}>
            {policy.error.message}
          </ErrorState>
        )}
        {policy.data && <PolicyForm key={policy.data.version} policy={policy.data} />}
      </Card>
    </SettingsSection>
  );
}

type Values = { secondFactorRoles: readonly Role[] };

function PolicyForm({ policy: { version, secondFactorRoles } }: { readonly policy: SignInPolicy }) {
  const toast = useToast();
  const form = useForm<Values>({ defaultValues: { secondFactorRoles } });
  const { errors, isDirty } = form.formState;
  const save = useSave(
    (body: Values) => sendJson<SignInPolicy>(POLICY_PATH, { method: "PUT", body, version }),
    { invalidates: [policyQuery().queryKey, ["organization"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      toast({ title: "It counts from the next request on" });
    } catch (error) {
      showRefusal(error as Error, form.setError, ["secondFactorRoles"]);
    }
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Controller
        control={form.control}
        name="secondFactorRoles"
        render={({ field: { value, onChange } }) => (
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium">Asked of</legend>
            {ROLES.map((role) => (
              <Checkbox
                key={role}
                label={ROLE_NAMES[role]}
                checked={value.includes(role)}
                onChange={({ target }) =>
                  onChange(ROLES.filter((one) => (one === role ? target.checked : value.includes(one))))
                }
              />
            ))}
          </fieldset>
        )}
      />
      <FieldError id="policy-error" error={errors.secondFactorRoles?.message ?? errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty} className="self-end">
        Save
      </Button>
    </Form>
  );
}
