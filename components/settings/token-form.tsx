"use client";

import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";

import { SCOPE_HINTS, SCOPE_NAMES } from "@/components/settings/token-words";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CopyField } from "@/components/ui/copy-field";
import { DateInput } from "@/components/ui/date-input";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { useToday } from "@/components/ui/reader";
import { addDays } from "@/lib/domain/calendar-date";
import { TOKEN_SCOPES, type TokenScope } from "@/lib/domain/token-scope";
import { sendJson } from "@/lib/http/fetch";
import { TOKENS_PATH, tokensQuery } from "@/lib/tokens/queries";
import type { NewApiToken, TokenInput } from "@/lib/tokens/schema";

const DAYS_USUAL = 90;

type TokenFormProps = {
  /** Whether the reader may make one that outlasts them. */
  readonly mayManage: boolean;
  readonly onDirty: (dirty: boolean) => void;
};

type Values = Omit<TokenInput, "expiresOn"> & { readonly expiresOn: string | null };

/** Makes a token and shows it, once. */
export function TokenForm({ mayManage, onDirty }: TokenFormProps) {
  const today = useToday();
  const [made, setMade] = useState<NewApiToken | null>(null);
  const form = useForm<Values>({
    defaultValues: { name: "", scopes: ["read"], expiresOn: addDays(today, DAYS_USUAL), survives: false },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty && made === null), [onDirty, isDirty, made]);
  const save = useSave(
    (body: Values) =>
      sendJson<NewApiToken>(TOKENS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [tokensQuery().queryKey] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      setMade(await save.mutateAsync(values));
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "scopes", "expiresOn"]);
    }
  });

  if (made) {
    return (
      <CopyField
        label={`Token ${made.name}`}
        value={made.token}
        hint="It is shown only now. Keep it where passwords are kept, and send it as Authorization: Bearer."
      />
    );
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Name"
        hint="What uses it, so that you know what ends with it."
        error={errors.name?.message}
        required
      >
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <ScopesField value={field.value} onChange={field.onChange} error={errors.scopes?.message} />
        )}
      />
      <Field
        label="Ends on"
        hint="The first day on which it no longer works, within a year."
        error={errors.expiresOn?.message}
        required
      >
        <Controller
          control={form.control}
          name="expiresOn"
          rules={{ required: "Type a day." }}
          render={({ field }) => <DateInput {...field} />}
        />
      </Field>
      {mayManage && (
        <Controller
          control={form.control}
          name="survives"
          render={({ field }) => (
            <RadioGroup
              label="If I leave"
              options={LEAVING}
              value={field.value ? "stays" : "ends"}
              onChange={(value) => field.onChange(value === "stays")}
            />
          )}
        />
      )}
      <FieldError id="token-error" error={errors.root?.message} />
      <Button type="submit" variant="primary" busy={save.isPending} className="self-end">
        Make the token
      </Button>
    </Form>
  );
}

const LEAVING = [
  { value: "ends", label: "It ends with my access" },
  {
    value: "stays",
    label: "It stays",
    hint: "It goes on with what I could do last, until somebody ends it.",
  },
] as const;

type ScopesFieldProps = {
  readonly value: readonly TokenScope[];
  readonly onChange: (scopes: TokenScope[]) => void;
  readonly error?: string | undefined;
};

function ScopesField({ value, onChange, error }: ScopesFieldProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">May</legend>
      {TOKEN_SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          label={SCOPE_NAMES[scope]}
          hint={SCOPE_HINTS[scope]}
          checked={scope === "read" || value.includes(scope)}
          disabled={scope === "read"}
          onChange={({ target }) =>
            onChange(TOKEN_SCOPES.filter((one) => (one === scope ? target.checked : value.includes(one))))
          }
        />
      ))}
      <FieldError id="scopes-error" error={error} />
    </fieldset>
  );
}
