"use client";

import { useQuery } from "@tanstack/react-query";
import { useId } from "react";

import { useSave } from "@/components/shell/use-save";
import { FieldError } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { serviceProvidersQuery } from "@/lib/catalogue/queries";
import { answerImport } from "@/lib/imports/queries";
import type { Import, ImportOptions, Question } from "@/lib/imports/schema";
import { membersQuery } from "@/lib/members/queries";

const QUESTION_TEXTS: Readonly<Record<Question, string>> = {
  owner: "Whose use is this?",
  service_provider: "Whose bill is this?",
  date_order: "How are dates such as 5/1/26 meant?",
  decimal_sign: "Which sign stands before the decimals?",
};

/** What a file leaves open, to be answered by choosing. */
export function ImportQuestion({ file }: { readonly file: Import }) {
  const id = useId();
  const members = useQuery({ ...membersQuery(), enabled: file.question === "owner" }).data ?? [];
  const providers = useQuery({
    ...serviceProvidersQuery(),
    enabled: file.question === "service_provider",
  }).data;
  const save = useSave((answer: ImportOptions) => answerImport(file, answer), { invalidates: [["imports"]] });
  if (file.question === null) return null;

  const named = (rows: readonly { id: string; name: string }[]): readonly SelectOption[] =>
    rows.map((row) => ({ value: row.id, label: row.name }));
  const choices: Readonly<
    Record<Question, { options: readonly SelectOption[]; answer: (value: string) => ImportOptions }>
  > = {
    owner: { options: named(members), answer: (memberId) => ({ memberId }) },
    service_provider: {
      options: named(providers ?? []),
      answer: (serviceProviderId) => ({ serviceProviderId }),
    },
    date_order: {
      options: [
        { value: "day_month", label: "Day first: 5 January" },
        { value: "month_day", label: "Month first: 1 May" },
      ],
      answer: (value) => ({ dateOrder: value === "day_month" ? "day_month" : "month_day" }),
    },
    decimal_sign: {
      options: [
        { value: "point", label: "A point: 1,240.11" },
        { value: "comma", label: "A comma: 1.240,11" },
      ],
      answer: (value) => ({ decimalSign: value === "point" ? "point" : "comma" }),
    },
  };
  const { options, answer } = choices[file.question];
  return (
    <div className="flex flex-wrap items-center gap-2">
      <label htmlFor={id} className="font-medium">
        {QUESTION_TEXTS[file.question]}
      </label>
      <Select
        id={id}
        className="w-56"
        placeholder="Choose"
        value=""
        disabled={save.isPending}
        options={options}
        onChange={({ target }) => target.value !== "" && save.mutate(answer(target.value))}
      />
      <FieldError id={`${id}-error`} error={save.error?.message} />
    </div>
  );
}
