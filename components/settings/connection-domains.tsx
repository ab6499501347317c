"use client";

import type { UseFormReturn } from "react-hook-form";

import { type ConnectionValues, typedDomains } from "@/components/settings/connection-values";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type ConnectionDomainsProps = {
  readonly form: UseFormReturn<ConnectionValues>;
  /** Somebody came through the provider already, so it can be the only way in. */
  readonly proven: boolean;
};

/** Whose addresses a provider may vouch for, and where it is the only way in. */
export function ConnectionDomains({ form, proven }: ConnectionDomainsProps) {
  const { errors } = form.formState;
  const domains = typedDomains(form.watch("domains"));
  const enforced = form.watch("enforced");
  const toggle = (domain: string) => {
    const next = enforced.includes(domain) ? enforced.filter((one) => one !== domain) : [...enforced, domain];
    form.setValue("enforced", next, { shouldDirty: true });
  };
  return (
    <>
      <Field
        label="E-mail domains"
        hint="Whose addresses it may vouch for, with spaces between them: example.com example.org."
        error={errors.domains?.message}
        required
      >
        <Input
          {...form.register("domains", { required: "Name the e-mail domains whose people sign in here." })}
          autoComplete="off"
        />
      </Field>
      {domains.length > 0 && (
        <fieldset className="flex flex-col gap-1">
          <legend className="pb-1 font-medium">The only way in</legend>
          {domains.map((domain) => (
            <Checkbox
              key={domain}
              label={`No passwords for ${domain}`}
              checked={enforced.includes(domain)}
              disabled={!proven && !enforced.includes(domain)}
              onChange={() => toggle(domain)}
            />
          ))}
          <p className="text-muted text-small">
            {proven
              ? "An owner's password still opens, so that a broken provider locks nobody out for good."
              : "Sign in through it once, then it can be made the only way in."}
          </p>
        </fieldset>
      )}
    </>
  );
}
