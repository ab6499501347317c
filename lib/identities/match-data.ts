import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import { toDbDate } from "@/lib/db/dates";
import { newId } from "@/lib/db/id";
import { DATE_MIN } from "@/lib/domain/calendar-date";
import { type Candidate, equalMatch } from "@/lib/domain/identity";
import type { IdentityKind } from "@/lib/domain/usage";

type Scope = Pick<Ctx, "organization">;

/** Whom a provider's names may mean: its accounts, and everybody who can use something. */
export type Candidates = {
  readonly members: readonly (Candidate & { readonly name: string })[];
  readonly accounts: readonly (Candidate & { readonly name: string; readonly kind: string })[];
};

export async function findCandidates(
  db: Db,
  { organization }: Scope,
  serviceProviderId: string,
): Promise<Candidates> {
  const organizationId = organization.id;
  const members = await db.member.findMany({
    where: { organizationId, archivedAt: null },
    orderBy: { id: "asc" },
    select: { id: true, name: true, email: true, aliases: true },
  });
  const accounts = await db.apiAccount.findMany({
    where: { organizationId, serviceProviderId },
    orderBy: { id: "asc" },
    select: { id: true, name: true, externalId: true, kind: true },
  });
  return {
    members: members.map(({ id, name, email, aliases }) => ({
      id,
      name,
      names: [name, ...(email === null ? [] : [email]), ...aliases],
    })),
    accounts: accounts.map(({ id, name, externalId, kind }) => ({
      id,
      name,
      kind,
      names: [name, ...(externalId === null ? [] : [externalId])],
    })),
  };
}

type Found = { readonly id: string; readonly memberId: string | null; readonly apiAccountId: string | null };

/** Whether a name is a person's or an account's. */
export const isPersonal = (kind: IdentityKind): boolean =>
  kind === "email" || kind === "user" || kind === "device";

/** Matches the provider's names that nobody was matched to, and that something in the books is called like. */
export async function matchEqualNames(db: Db, ctx: Ctx, serviceProviderId: string): Promise<string[]> {
  const organizationId = ctx.organization.id;
  const open = await db.identity.findMany({
    where: { organizationId, serviceProviderId, identityMatches: { none: {} } },
    select: { id: true, kind: true, name: true, externalId: true },
  });
  if (open.length === 0) return [];
  const { members, accounts } = await findCandidates(db, ctx, serviceProviderId);
  const found = open.flatMap(({ id, kind, name, externalId }): Found[] => {
    if (kind === "device") {
      const memberId = externalId.replace(/^member:/, "");
      return members.some((member) => member.id === memberId) ? [{ id, memberId, apiAccountId: null }] : [];
    }
    const names = [name, externalId];
    if (isPersonal(kind)) {
      const memberId = equalMatch(names, members);
      return memberId === null ? [] : [{ id, memberId, apiAccountId: null }];
    }
    const alike = accounts.filter((account) => (kind === "api_key") === (account.kind === "key"));
    const apiAccountId = equalMatch(names, alike);
    return apiAccountId === null ? [] : [{ id, memberId: null, apiAccountId }];
  });
  await db.identityMatch.createMany({
    data: found.map(({ id: identityId, memberId, apiAccountId }) => ({
      organizationId,
      id: newId(),
      identityId,
      startsOn: toDbDate(DATE_MIN),
      memberId,
      apiAccountId,
      createdAt: ctx.now,
    })),
  });
  return found.map(({ id }) => id);
}
