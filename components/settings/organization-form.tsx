"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";

import { currencyOptions } from "@/components/settings/currency-options";
import { personAnalysisText, toleranceText } from "@/components/settings/organization-facts";
import { PersonAnalysisFields } from "@/components/settings/person-analysis-fields";
import { SettingsSection } from "@/components/settings/settings-section";
import { ToleranceFields } from "@/components/settings/tolerance-fields";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { MonthInput } from "@/components/ui/month-input";
import { useLocale } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { useToast } from "@/components/ui/toast";
import { MONTH_NAMES, monthText } from "@/lib/domain/date-text";
import { type Money, money } from "@/lib/domain/money";
import type { Month } from "@/lib/domain/month";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import { sendJson } from "@/lib/http/fetch";
import { ORGANIZATION_PATH, organizationQuery } from "@/lib/organization/queries";
import type { Organization } from "@/lib/organization/schema";

/** The organization: its name, currency and calendar. */
export function OrganizationSettings({ mayWrite }: { readonly mayWrite: boolean }) {
  const organization = useQuery(organizationQuery());
  const locale = useLocale();
  if (organization.isPending) return <Skeleton className="h-64 max-w-md" />;
  if (organization.isError) {
    return (
      <ErrorState title="The organization could not be read" onRetry={() => organization.refetch()}>
        {organization.error.message}
      </ErrorState>
    );
  }
  const { data } = organization;
  return (
    <SettingsSection title="Organization">
      {mayWrite ? (
        <OrganizationForm key={data.version} organization={data} />
      ) : (
        <Facts
          facts={[
            { term: "Name", value: data.name },
            { term: "Currency", value: data.baseCurrency },
            { term: "Fiscal year begins in", value: MONTH_NAMES[data.fiscalYearStart - 1] },
            { term: "Books begin", value: monthText(data.booksStart) },
            { term: "Tolerance", value: toleranceText(data, locale) },
            { term: "Closing a month", value: data.closingNeedsApproval ? "Two people" : "One person" },
            { term: "Usage by person", value: personAnalysisText(data) },
          ]}
        />
      )}
    </SettingsSection>
  );
}

export type OrganizationValues = {
  readonly name: string;
  readonly baseCurrency: string | null;
  readonly fiscalYearStart: string;
  readonly booksStart: Month | null;
  readonly personAnalysis: PersonAnalysis;
  readonly minimumGroupSize: string;
  readonly tolerance: Money | null;
  readonly tolerancePerMille: string;
  readonly closingNeedsApproval: boolean;
};

const FIELDS = [
  "name",
  "baseCurrency",
  "fiscalYearStart",
  "booksStart",
  "personAnalysis",
  "minimumGroupSize",
  "tolerancePerMille",
] as const;

function OrganizationForm({ organization }: { readonly organization: Organization }) {
  const toast = useToast();
  const router = useRouter();
  const options = useCurrencyOptions();
  const { name, baseCurrency, fiscalYearStart, booksStart, version, fixed } = organization;
  const { personAnalysis, minimumGroupSize } = organization;
  const form = useForm<OrganizationValues>({
    defaultValues: {
      name,
      baseCurrency,
      fiscalYearStart: String(fiscalYearStart),
      booksStart,
      personAnalysis,
      minimumGroupSize: String(minimumGroupSize),
      tolerance: money(organization.toleranceMinor, baseCurrency),
      tolerancePerMille: String(organization.tolerancePerMille),
      closingNeedsApproval: organization.closingNeedsApproval,
    },
  });
  const { errors, isDirty } = form.formState;
  const save = useSave(
    ({ fiscalYearStart: month, ...values }: OrganizationValues) =>
      sendJson<Organization>(ORGANIZATION_PATH, {
        method: "PATCH",
        version,
        body: {
          name: values.name,
          fiscalYearStart: Number(month),
          personAnalysis: values.personAnalysis,
          minimumGroupSize: Number(values.minimumGroupSize),
          toleranceMinor: values.tolerance?.minor ?? 0,
          tolerancePerMille: Number(values.tolerancePerMille),
          closingNeedsApproval: values.closingNeedsApproval,
          ...(values.baseCurrency !== baseCurrency && { baseCurrency: values.baseCurrency }),
          ...(values.booksStart !== booksStart && { booksStart: values.booksStart }),
        },
      }),
    { invalidates: [organizationQuery().queryKey, ["reconciliation"], ["periods"]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      await save.mutateAsync(values);
      toast({ title: "The organization was saved" });
      router.refresh();
    } catch (error) {
      showRefusal(error as Error, form.setError, FIELDS);
    }
  });
  const fixedHint = fixed ? "Fixed, because seats, invoices or opening totals are entered." : undefined;

  return (
    <Form onSubmit={submit} className="flex max-w-md flex-col gap-4">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field
        label="Currency of the books"
        hint={fixedHint ?? "Everything is shown in it; other currencies are converted by dated rates."}
        error={errors.baseCurrency?.message}
      >
        <Controller
          control={form.control}
          name="baseCurrency"
          rules={{ required: "Choose a currency." }}
          render={({ field }) => <Combobox {...field} options={options} disabled={fixed} />}
        />
      </Field>
      <Field label="Fiscal year begins in" error={errors.fiscalYearStart?.message}>
        <Select
          {...form.register("fiscalYearStart")}
          options={MONTH_NAMES.map((label, index) => ({ value: String(index + 1), label }))}
        />
      </Field>
      <Field
        label="Books begin"
        hint={fixedHint ?? "The first month whose invoices you enter."}
        error={errors.booksStart?.message}
      >
        <Controller
          control={form.control}
          name="booksStart"
          rules={{ required: "Type a month." }}
          render={({ field }) => <MonthInput {...field} disabled={fixed} />}
        />
      </Field>
      <ToleranceFields form={form} currency={form.watch("baseCurrency") ?? baseCurrency} />
      <PersonAnalysisFields control={form.control} register={form.register} errors={errors} />
      <Checkbox
        {...form.register("closingNeedsApproval")}
        label="Two people close a month"
        hint="One approves what stands in it, another closes it."
      />
      <FieldError id="organization-error" error={errors.root?.message} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
          Save
        </Button>
      </div>
    </Form>
  );
}

function useCurrencyOptions() {
  const locale = useLocale();
  return useMemo(() => currencyOptions(locale), [locale]);
}
