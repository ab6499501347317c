"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";

import { PasswordForm } from "@/components/settings/password-form";
import { SecondFactorSection } from "@/components/settings/second-factor-section";
import { SettingsSection } from "@/components/settings/settings-section";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { ACCOUNT_PATH, accountQuery } from "@/lib/account/queries";
import type { Account, AccountChange } from "@/lib/account/schema";
import { sendJson } from "@/lib/http/fetch";

/** Who the reader is, in every organization that they belong to, and how they prove it. */
export function AccountView({ refusal }: { readonly refusal: string | null }) {
  const account = useQuery(accountQuery());
  if (account.isPending) return <Skeleton className="h-64" />;
  if (account.isError) {
    return (
      <ErrorState title="Your account could not be read" onRetry={() => account.refetch()}>
        {account.error.message}
      </ErrorState>
    );
  }
  return (
    <>
      {refusal !== null && (
        <div className="max-w-xl pb-4">
          <Banner tone="warning">{refusal}</Banner>
        </div>
      )}
      <SettingsSection title="Your account" note="The same in every organization that you belong to.">
        <Card className="max-w-xl">
          <NameForm account={account.data} />
        </Card>
      </SettingsSection>
      {account.data.hasPassword && (
        <SettingsSection title="Password" note="With another one, your other sessions end.">
          <Card className="max-w-xl">
            <PasswordForm email={account.data.email} />
          </Card>
        </SettingsSection>
      )}
      <SecondFactorSection />
    </>
  );
}

function NameForm({ account }: { readonly account: Account }) {
  const toast = useToast();
  const router = useRouter();
  const form = useForm<AccountChange>({ defaultValues: { name: account.name } });
  const { errors, isDirty } = form.formState;
  const save = useSave((body: AccountChange) => sendJson<Account>(ACCOUNT_PATH, { method: "PATCH", body }), {
    invalidates: [accountQuery().queryKey, ["users"]],
  });
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      form.reset(values);
      toast({ title: "Your name was saved" });
      // The frame of the page says it too.
      router.refresh();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name"]);
    }
  });
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Name" error={errors.name?.message}>
        <Input
          maxLength={100}
          autoComplete="name"
          {...form.register("name", { required: "Type your name." })}
        />
      </Field>
      <div>
        <p className="font-medium">E-mail</p>
        <p className="break-words text-muted">{account.email}</p>
      </div>
      <FieldError id="account-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty} className="self-end">
        Save
      </Button>
    </Form>
  );
}
