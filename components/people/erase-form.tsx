"use client";

import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { erasurePath } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";

type EraseFormProps = { readonly member: Member; readonly onDone: () => void };
type Values = { readonly reason: string };

/** Asks why, and says what goes and what stays before it does. */
export function EraseForm({ member, onDone }: EraseFormProps) {
  const toast = useToast();
  const form = useForm<Values>({ defaultValues: { reason: "" } });
  const { errors } = form.formState;
  const erase = useSave(
    (body: Values) =>
      sendJson<Member>(erasurePath(member.id), { method: "PUT", body, version: member.version }),
    // There is hardly a list that names nobody.
    { invalidates: [[]] },
  );
  const submit = form.handleSubmit(async (values) => {
    try {
      const { name } = await erase.mutateAsync(values);
      toast({ title: `${member.name} is now ${name}` });
      onDone();
    } catch (error) {
      showRefusal(error as Error, form.setError, ["reason"]);
    }
  });

  return (
    <Form onSubmit={submit} className="flex flex-col gap-3 pb-2">
      <p className="text-muted">
        Name, address and other names go everywhere, in notes, drafts and files' names too
        {member.user && ", and their access and account with them"}. What they cost stays in its month, team
        and product, closed months byte for byte. Attached files keep what is written in them, and so does a
        name of one word inside a longer text, where it may mean something else.
      </p>
      <Field
        label="Why"
        hint="It is kept in the audit trail, without the name."
        error={errors.reason?.message}
        required
      >
        <Input {...form.register("reason", { required: "Say why." })} maxLength={300} />
      </Field>
      <FieldError id="erase-error" error={errors.root?.message} />
      <p className="font-medium">This cannot be undone.</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="danger" busy={erase.isPending}>
          Erase {member.name}
        </Button>
      </div>
    </Form>
  );
}
