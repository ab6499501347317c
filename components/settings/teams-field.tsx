"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { Team } from "@/lib/teams/schema";

type TeamsFieldProps = {
  readonly teams: readonly Team[];
  readonly value: readonly string[];
  readonly onChange: (teamIds: string[]) => void;
};

/** Which teams a lead leads. */
export function TeamsField({ teams, value, onChange }: TeamsFieldProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Leads</legend>
      {teams.map(({ id, name }) => (
        <Checkbox
          key={id}
          label={name}
          checked={value.includes(id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...value, id] : value.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  );
}
