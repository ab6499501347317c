"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { ROLES, type Role } from "@/lib/domain/permission";

export const ROLE_NAMES = {
  owner: "Owner",
  finance: "Finance",
  lead: "Team lead",
  member: "Member",
  auditor: "Auditor",
} as const satisfies Record<Role, string>;

const ROLE_HINTS = {
  owner: "May do everything, access and settings included.",
  finance: "All money facts, budgets and closing.",
  lead: "People, seats and budgets of their own teams; enters any invoice.",
  member: "Sees what is their own.",
  auditor: "Reads everything, changes nothing.",
} as const satisfies Record<Role, string>;

type RolesFieldProps = {
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
  readonly error?: string | undefined;
};

/** What somebody may do; roles add up. */
export function RolesField({ value, onChange, error }: RolesFieldProps) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Roles</legend>
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          label={ROLE_NAMES[role]}
          hint={ROLE_HINTS[role]}
          checked={value.includes(role)}
          onChange={({ target }) =>
            onChange(ROLES.filter((one) => (one === role ? target.checked : value.includes(one))))
          }
        />
      ))}
      <FieldError id="roles-error" error={error} />
    </fieldset>
  );
}
