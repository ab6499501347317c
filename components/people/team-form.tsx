"use client";

import { useEffect } from "react";
import { useForm } from "react-hook-form";

import { showRefusal, useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Field, FieldError } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { TEAMS_PATH, teamPath, teamsQuery } from "@/lib/teams/queries";
import type { Team, TeamInput } from "@/lib/teams/schema";

type TeamFormProps = {
  /** Absent: a new one. */
  readonly team?: Team;
  readonly onDirty?: (dirty: boolean) => void;
  readonly onSaved?: (team: Team) => void;
};

/** A team's name and the code that finance knows it by. */
export function TeamForm({ team, onDirty, onSaved }: TeamFormProps) {
  const toast = useToast();
  const form = useForm<TeamInput>({ defaultValues: { name: team?.name ?? "", code: team?.code ?? "" } });
  const { errors, isDirty } = form.formState;
  useEffect(() => onDirty?.(isDirty), [onDirty, isDirty]);
  const save = useSave(
    (body: Partial<TeamInput> & { archived?: boolean }) =>
      team
        ? sendJson<Team>(teamPath(team.id), { method: "PATCH", body, version: team.version })
        : sendJson<Team>(TEAMS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [teamsQuery().queryKey, ["members"]] },
  );
  const change = async (body: Partial<TeamInput> & { archived?: boolean }, done: string) => {
    try {
      const saved = await save.mutateAsync(body);
      toast({ title: done });
      onSaved?.(saved);
    } catch (error) {
      showRefusal(error as Error, form.setError, ["name", "code"]);
    }
  };

  return (
    <Form
      onSubmit={form.handleSubmit((values) =>
        change(values, team ? `${values.name.trim()} was saved` : `${values.name.trim()} was added`),
      )}
      className="flex flex-col gap-3"
    >
      <Field label="Name" error={errors.name?.message} required>
        <Input {...form.register("name", { required: "Type a name." })} maxLength={100} />
      </Field>
      <Field label="Code" hint="The cost centre's code in your ledger." error={errors.code?.message} required>
        <Input {...form.register("code", { required: "Type a code." })} maxLength={40} />
      </Field>
      <FieldError id="team-form-error" error={errors.root?.message} />
      <div className="flex flex-wrap justify-end gap-2">
        {team && (
          <Button
            variant="quiet"
            disabled={save.isPending}
            onClick={() =>
              change(
                { archived: !team.archived },
                team.archived ? `${team.name} is back` : `${team.name} was archived`,
              )
            }
          >
            {team.archived ? "Take out of the archive" : "Archive"}
          </Button>
        )}
        <Button
          type="submit"
          variant="primary"
          busy={save.isPending}
          disabled={team !== undefined && !isDirty}
        >
          {team ? "Save" : "Add team"}
        </Button>
      </div>
    </Form>
  );
}
