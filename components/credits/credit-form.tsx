"use client";

import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { CreditFields, type CreditValues } from "@/components/credits/credit-fields";
import { MONEY_KEYS } from "@/components/shell/money-keys";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { useToday } from "@/components/ui/reader";
import { useToast } from "@/components/ui/toast";
import { CREDIT_GRANTS_PATH, creditGrantPath } from "@/lib/credit-grants/queries";
import type { CreditGrant } from "@/lib/credit-grants/schema";
import type { Currency } from "@/lib/domain/currency";
import { sendJson } from "@/lib/http/fetch";

type CreditFormProps = {
  /** Absent: a new one. */
  readonly grant?: CreditGrant;
  readonly currency: Currency;
  readonly onDirty: (dirty: boolean) => void;
  readonly onSaved: (grant: CreditGrant) => void;
};

const FIELDS = [
  "serviceProviderId",
  "amount",
  "apiAccountId",
  "subscriptionId",
  "startsOn",
  "expiresOn",
  "chargeId",
  "note",
] as const;

/** Credit that was bought, given, or that a plan includes. */
export function CreditForm({ grant, currency, onDirty, onSaved }: CreditFormProps) {
  const toast = useToast();
  const today = useToday();
  const form = useForm<CreditValues>({
    defaultValues: {
      kind: grant?.kind ?? "purchase",
      serviceProviderId: grant?.serviceProvider.id ?? null,
      amount: grant?.amount ?? null,
      apiAccountId: grant?.apiAccount?.id ?? null,
      subscriptionId: grant?.subscription?.id ?? null,
      pooled: grant?.pooled ?? true,
      startsOn: grant?.startsOn ?? today,
      expiresOn: grant?.expiresOn ?? null,
      chargeId: grant?.charge?.id ?? null,
      note: grant?.note ?? "",
    },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [onDirty, isDirty]);
  const save = useSave(
    ({ kind, serviceProviderId, subscriptionId, ...values }: CreditValues) => {
      const body = {
        ...values,
        apiAccountId: kind === "allowance" ? null : values.apiAccountId,
        pooled: kind === "allowance" && values.pooled,
        chargeId: kind === "purchase" ? values.chargeId : null,
      };
      return grant
        ? sendJson<CreditGrant>(creditGrantPath(grant.id), { method: "PATCH", version: grant.version, body })
        : sendJson<CreditGrant>(CREDIT_GRANTS_PATH, {
            method: "POST",
            body: {
              ...body,
              kind,
              serviceProviderId,
              subscriptionId: kind === "allowance" ? subscriptionId : null,
            },
            idempotencyKey: crypto.randomUUID(),
          });
    },
    { invalidates: MONEY_KEYS },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const saved = await save.mutateAsync(values);
      toast({ title: `The credit was ${grant ? "saved" : "added"}` });
      onSaved(saved);
    } catch (error) {
      showRefusal(error as Error, form.setError, FIELDS);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <CreditFields form={form} {...(grant && { grant })} currency={currency} />
      <FieldError id="credit-error" error={errors.root?.message} />
      <Button
        type="submit"
        variant={grant ? "secondary" : "primary"}
        busy={save.isPending}
        disabled={grant !== undefined && !isDirty}
        className="self-end"
      >
        {grant ? "Save credit" : "Add credit"}
      </Button>
    </Form>
  );
}
