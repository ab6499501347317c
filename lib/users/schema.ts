import { z } from "zod";

import { ROLES, type Role } from "@/lib/domain/permission";
import { dateField, idField } from "@/lib/fields/schema";

export const rolesField = z
  .array(z.enum(ROLES))
  .min(1, "Choose a role.")
  .max(ROLES.length)
  .transform((list) => [...new Set(list)]);

export const teamIdsField = z
  .array(idField)
  .max(50, "Choose at most 50 teams.")
  .transform((list) => [...new Set(list)]);

export const userChange = z.strictObject({
  id: idField,
  roles: rolesField,
  roleEndsOn: dateField.nullable().default(null),
  /** The teams that a lead leads from today on; left out, they stay. */
  teamIds: teamIdsField.optional(),
});
export type UserChange = z.output<typeof userChange>;

export const byId = z.strictObject({ id: idField });
export const none = z.strictObject({});

export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** The first day without access. */
  readonly roleEndsOn: string | null;
  readonly memberId: string | null;
  /** The teams that they lead today, if they have that role. */
  readonly ledTeamIds: readonly string[];
  /** Kept out until somebody lets them in again. */
  readonly suspended: boolean;
};
