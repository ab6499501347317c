"use client";

import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { KIND_NAMES } from "@/components/people/people";
import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import { MEMBER_KINDS, type MemberKind } from "@/lib/domain/facts";
import { sendJson } from "@/lib/http/fetch";
import { memberPath, membersQuery } from "@/lib/members/queries";
import type { Member, MemberChange } from "@/lib/members/schema";

type Values = {
  readonly name: string;
  readonly kind: MemberKind;
  readonly email: string;
  readonly aliases: string;
};

type MemberFormProps = {
  readonly member: Member;
  /** Whether something typed would be lost. */
  readonly onDirty: (dirty: boolean) => void;
};

/** What is known of a member, and the archive for those who left. */
export function MemberForm({ member, onDirty }: MemberFormProps) {
  const toast = useToast();
  const { id, version, archived } = member;
  const form = useForm<Values>({
    defaultValues: {
      name: member.name,
      kind: member.kind,
      email: member.email ?? "",
      aliases: member.aliases.join(", "),
    },
  });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (body: Omit<MemberChange, "id" | "version">) =>
      sendJson<Member>(memberPath(id), { method: "PATCH", body, version }),
    { invalidates: [membersQuery().queryKey] },
  );
  const change = async (body: Omit<MemberChange, "id" | "version">, done: string) => {
    try {
      await save.mutateAsync(body);
      toast({ title: done });
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "kind", "email", "aliases"]);
    }
  };
  const submit = form.handleSubmit(({ name, kind, email, aliases }) =>
    change(
      { name, kind, email: email.trim() || null, aliases: aliasesOf(aliases) },
      `${name.trim()} was saved`,
    ),
  );

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field label="Kind" error={errors.kind?.message}>
        <Select
          {...form.register("kind")}
          options={MEMBER_KINDS.map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))}
        />
      </Field>
      <Field label="E-mail" optional error={errors.email?.message}>
        <Input {...form.register("email")} type="email" />
      </Field>
      <Field
        label="Also known as"
        optional
        hint="Names under which providers list this member, apart by commas."
        error={errors.aliases?.message}
      >
        <Input {...form.register("aliases")} />
      </Field>
      <FieldError id="member-form-error" error={errors.root?.message} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          variant="quiet"
          disabled={save.isPending}
          onClick={() =>
            change(
              { archived: !archived },
              archived ? `${member.name} is back` : `${member.name} was archived`,
            )
          }
        >
          {archived ? "Take out of the archive" : "Archive"}
        </Button>
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!isDirty}>
          Save
        </Button>
      </div>
    </Form>
  );
}

const aliasesOf = (text: string): string[] =>
  text
    .split(",")
    .map((alias) => alias.trim())
    .filter((alias) => alias !== "");
