"use client";

import { useState } from "react";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import type { MisuseRuleId } from "@/lib/domain/misuse-rules";
import { RULE_LOOKS, RULE_NAMES, thresholdLabel } from "@/lib/domain/misuse-words";
import { FINDING_RULES_PATH } from "@/lib/findings/queries";
import type { FindingRule, FindingRules } from "@/lib/findings/schema";
import { ApiError, sendJson } from "@/lib/http/fetch";

type FindingRulesFormProps = {
  readonly rules: FindingRules;
  readonly mayWrite: boolean;
  readonly onSaved: () => void;
};

const keyOf = (rule: MisuseRuleId, threshold: string): string => `${rule} ${threshold}`;

export function FindingRulesForm({
  rules: { rules, currency, version },
  mayWrite,
  onSaved,
}: FindingRulesFormProps) {
  const [off, setOff] = useState<ReadonlySet<MisuseRuleId>>(
    new Set(rules.filter(({ on }) => !on).map(({ id }) => id)),
  );
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(
    new Map(
      rules.flatMap(({ id, thresholds }) =>
        thresholds.map((each) => [keyOf(id, each.id), String(each.value)] as const),
      ),
    ),
  );
  const toast = useToast();
  const save = useSave(
    async () => {
      const body = {
        rules: rules.map(({ id, thresholds }) => ({
          ...{ id, on: !off.has(id) },
          thresholds: thresholds.map((each) => ({
            id: each.id,
            value: Number(typed.get(keyOf(id, each.id))),
          })),
        })),
      };
      await sendJson<FindingRules>(FINDING_RULES_PATH, { method: "PUT", version, body });
      toast({ title: "The rules were saved" });
    },
    { invalidates: [["finding-rules"], ["findings"]] },
  );
  const fields = save.error instanceof ApiError ? (save.error.problem.fields ?? {}) : {};
  const turn = (id: MisuseRuleId, on: boolean) =>
    setOff(new Set(on ? [...off].filter((each) => each !== id) : [...off, id]));
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onSaved });
      }}
      className="flex flex-col gap-5"
    >
      {rules.map((rule, index) => (
        <fieldset key={rule.id} disabled={!mayWrite} className="flex flex-col gap-2">
          <legend className="sr-only">{RULE_NAMES[rule.id]}</legend>
          <Checkbox
            label={<span className="font-bold">{RULE_NAMES[rule.id]}</span>}
            hint={`${RULE_LOOKS[rule.id]}.`}
            checked={!off.has(rule.id)}
            onChange={({ target }) => turn(rule.id, target.checked)}
          />
          {!off.has(rule.id) && (
            <Thresholds
              rule={rule}
              currency={currency}
              typed={typed}
              errorOf={(place) => fields[`rules.${index}.thresholds.${place}.value`]}
              onType={(id, value) => setTyped(new Map(typed).set(keyOf(rule.id, id), value))}
            />
          )}
        </fieldset>
      ))}
      <FieldError
        id="rules-error"
        error={Object.keys(fields).length === 0 ? save.error?.message : undefined}
      />
      {mayWrite ? (
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={[...typed.values()].some((text) => !/^\d{1,7}$/.test(text))}
          className="self-end"
        >
          Save rules
        </Button>
      ) : (
        <p className="text-muted">An owner sets the rules.</p>
      )}
    </Form>
  );
}

type ThresholdsProps = {
  readonly rule: FindingRule;
  readonly currency: string;
  readonly typed: ReadonlyMap<string, string>;
  readonly errorOf: (place: number) => string | undefined;
  readonly onType: (id: string, value: string) => void;
};

function Thresholds({ rule, currency, typed, errorOf, onType }: ThresholdsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 pl-6">
      {rule.thresholds.map(({ id, unit, usual }, place) => (
        <Field
          key={id}
          label={thresholdLabel(rule.id, unit, currency)}
          hint={`usually ${usual}`}
          error={errorOf(place)}
          required
        >
          <Input
            value={typed.get(keyOf(rule.id, id)) ?? ""}
            inputMode="numeric"
            maxLength={7}
            onChange={({ target }) => onType(id, target.value)}
            className="text-right tabular-nums"
          />
        </Field>
      ))}
    </div>
  );
}
