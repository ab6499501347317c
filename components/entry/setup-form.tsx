"use client";

import { Controller, useForm } from "react-hook-form";

import { showRefusal } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { MonthInput } from "@/components/ui/month-input";
import { RadioGroup } from "@/components/ui/radio-group";
import { useLocale } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { CURRENCIES } from "@/lib/domain/currency";
import { MONTH_NAMES } from "@/lib/domain/date-text";
import { PASSWORD_CHARACTERS_MIN } from "@/lib/domain/password";
import { sendJson } from "@/lib/http/fetch";
import type { SetUp, SetupInput } from "@/lib/setup/schema";

type Values = {
  organization: { name: string; baseCurrency: string; fiscalYearStart: string; booksStart: string };
  owner: { name: string; email: string; password: string };
  begin: "empty" | "demo";
};

const FIELDS = [
  "organization.name",
  "organization.baseCurrency",
  "organization.fiscalYearStart",
  "organization.booksStart",
  "owner.name",
  "owner.email",
  "owner.password",
] as const;

/** The first run: the organization and whoever owns it, on one page. */
export function SetupForm({ firstMonth }: { readonly firstMonth: string }) {
  const locale = useLocale();
  const form = useForm<Values>({
    defaultValues: {
      organization: { name: "", baseCurrency: "USD", fiscalYearStart: "1", booksStart: firstMonth },
      owner: { name: "", email: "", password: "" },
      begin: "empty",
    },
  });
  const { errors, isSubmitting } = form.formState;
  const names = new Intl.DisplayNames([locale], { type: "currency" });

  const setUp = async ({ begin, organization, owner }: Values) => {
    const fiscalYearStart = Number(organization.fiscalYearStart);
    const body: SetupInput = { organization: { ...organization, fiscalYearStart }, owner };
    try {
      await sendJson<SetUp>("/api/v1/setup", { method: "POST", body });
      if (begin === "demo") await sendJson("/api/v1/demo-data", { method: "PUT" });
      window.location.assign("/budget");
      await new Promise(() => {});
    } catch (error) {
      showRefusal(error as Error, form.setError, [...FIELDS]);
    }
  };

  return (
    <Form onSubmit={form.handleSubmit(setUp)} className="flex flex-col gap-4">
      <div>
        <h1 className="text-title font-semibold">Set up your books</h1>
        <p className="mt-1 text-muted">
          What the team spends on AI, as two lines: developer leverage and product running.
        </p>
      </div>
      <Field label="Organization" error={errors.organization?.name?.message}>
        <Input
          autoFocus
          maxLength={100}
          autoComplete="organization"
          {...form.register("organization.name", { required: "Type a name." })}
        />
      </Field>
      <Field
        label="Currency of the books"
        hint="Invoices in other currencies are converted to it."
        error={errors.organization?.baseCurrency?.message}
      >
        <Controller
          control={form.control}
          name="organization.baseCurrency"
          rules={{ required: "Choose a currency." }}
          render={({ field }) => (
            <Combobox
              {...field}
              options={CURRENCIES.map((code) => ({ value: code, label: code, hint: names.of(code) ?? code }))}
            />
          )}
        />
      </Field>
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field label="Fiscal year begins in" error={errors.organization?.fiscalYearStart?.message}>
          <Select
            options={MONTH_NAMES.map((label, index) => ({ value: String(index + 1), label }))}
            {...form.register("organization.fiscalYearStart")}
          />
        </Field>
        <Field label="First month of the books" error={errors.organization?.booksStart?.message}>
          <Controller
            control={form.control}
            name="organization.booksStart"
            rules={{ required: "Type a month." }}
            render={({ field }) => (
              <MonthInput {...field} onChange={(month) => field.onChange(month ?? "")} />
            )}
          />
        </Field>
      </div>
      <hr className="border-line" />
      <Field label="Your name" error={errors.owner?.name?.message}>
        <Input
          maxLength={100}
          autoComplete="name"
          {...form.register("owner.name", { required: "Type your name." })}
        />
      </Field>
      <Field label="E-mail" error={errors.owner?.email?.message}>
        <Input
          type="email"
          autoComplete="username"
          {...form.register("owner.email", { required: "Type your e-mail address." })}
        />
      </Field>
      <Field
        label="Password"
        hint={`At least ${PASSWORD_CHARACTERS_MIN} characters. A few words do well.`}
        error={errors.owner?.password?.message}
      >
        <Input
          type="password"
          autoComplete="new-password"
          {...form.register("owner.password", {
            required: "Choose a password.",
            minLength: {
              value: PASSWORD_CHARACTERS_MIN,
              message: `Use at least ${PASSWORD_CHARACTERS_MIN} characters.`,
            },
          })}
        />
      </Field>
      <Controller
        control={form.control}
        name="begin"
        render={({ field }) => (
          <RadioGroup
            {...field}
            label="Begin with"
            options={[
              { value: "empty", label: "Empty books" },
              {
                value: "demo",
                label: "A look around in demo data",
                hint: "Separate, made-up books beside yours; one action removes them.",
              },
            ]}
          />
        )}
      />
      <FieldError id="setup-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={isSubmitting}>
        Create the books
      </Button>
    </Form>
  );
}
