"use client";

import { useQuery } from "@tanstack/react-query";

import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { MonthInput } from "@/components/ui/month-input";
import { Select, type SelectOption } from "@/components/ui/select";
import { auditChoicesQuery } from "@/lib/audit/queries";
import { actionText, targetTypeText } from "@/lib/domain/audit-words";
import { isMonth } from "@/lib/domain/month";

/** What of the trail is shown, kept in the address. */
export function useTrailFilter() {
  const [who, setWho] = useAddressParam("who");
  const [action, setAction] = useAddressParam("action");
  const [kind, setKind] = useAddressParam("kind");
  const [record, setRecord] = useAddressParam("record");
  const [from, setFrom] = useAddressParam("from");
  const [to, setTo] = useAddressParam("to");
  const month = (text: string | null) => (text !== null && isMonth(text) ? text : null);
  const values = { who, action, kind, record, from: month(from), to: month(to) };
  return { values, setWho, setAction, setKind, setRecord, setFrom, setTo };
}
export type TrailFilter = ReturnType<typeof useTrailFilter>;

/** Who, what, on what kind of record, and when. */
export function TrailFilters({ filter }: { readonly filter: TrailFilter }) {
  const choices = useQuery(auditChoicesQuery()).data;
  const { values, setWho, setAction, setKind, setRecord, setFrom, setTo } = filter;
  const clear = () => {
    for (const set of [setWho, setAction, setKind, setRecord, setFrom, setTo]) set(null);
  };
  return (
    <div data-print="hide" className="flex flex-wrap items-end gap-3">
      <Choice
        label="Who"
        value={values.who}
        onChange={setWho}
        options={(choices?.actors ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Choice
        label="Record"
        value={values.kind}
        onChange={setKind}
        options={(choices?.targetTypes ?? []).map((type) => ({ value: type, label: targetTypeText(type) }))}
      />
      <Choice
        label="Action"
        value={values.action}
        onChange={setAction}
        options={(choices?.actions ?? []).map((action) => ({ value: action, label: actionText(action) }))}
      />
      <Field label="From" className="w-36">
        <MonthInput value={values.from} onChange={setFrom} />
      </Field>
      <Field label="To" className="w-36">
        <MonthInput value={values.to} onChange={setTo} />
      </Field>
      {Object.values(values).some((value) => value !== null) && <Button onClick={clear}>Show all</Button>}
    </div>
  );
}

type ChoiceProps = {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly SelectOption[];
  readonly onChange: (value: string | null) => void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <Field label={label} className="w-44">
      <Select
        value={value ?? ""}
        placeholder="All"
        options={options}
        onChange={({ target }) => onChange(target.value || null)}
      />
    </Field>
  );
}
