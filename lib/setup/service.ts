import "server-only";

import { createSession } from "@/lib/auth/data";
import { hashPassword } from "@/lib/auth/password";
import { assertPasswordAllowed } from "@/lib/auth/password-policy";
import { seedCatalogue } from "@/lib/catalogue/data";
import { recordAudit } from "@/lib/db/audit";
import { transact } from "@/lib/db/client";
import { DomainError } from "@/lib/domain/errors";
import { ensureModelPrices } from "@/lib/model-prices/data";
import { insertOrganization, insertOwner, insertUser, lockUsers } from "@/lib/setup/data";
import type { SetUp, SetupInput } from "@/lib/setup/schema";

type Caller = { readonly userAgent: string; readonly now: Date; readonly requestId: string };

/**
 * The first run: makes the organization, its owner, a first team and the catalogue, and signs the owner in.
 *
 * @throws DomainError `setup_done`, once anybody has an account; of two at once, one gets it
 */
export async function setUp(
  input: SetupInput,
  { userAgent, now, requestId }: Caller,
): Promise<SetUp & { readonly sessionId: string }> {
  const { organization, owner } = input;
  assertPasswordAllowed(owner.password, owner.email, "owner.password");
  const passwordHash = await hashPassword(owner.password);

  return await transact({}, async (db) => {
    if ((await lockUsers(db)) > 0)
      throw new DomainError("setup_done", "Twoline is already set up. Sign in instead.");
    const userId = await insertUser(db, { name: owner.name, email: owner.email, passwordHash, now });
    const { organizationId, memberId } = await insertOrganization(
      db,
      { ...organization, demo: false },
      { userId, name: owner.name, email: owner.email },
      now,
    );
    await insertOwner(db, { organizationId, userId, now });
    await seedCatalogue(db, organizationId, now);
    await ensureModelPrices(db, { organization: { id: organizationId }, now });
    const ctx = {
      organization: { id: organizationId, ...organization, demo: false },
      actor: { userId, roles: ["owner" as const], memberId, ledTeamIds: [] },
      via: { kind: "server" as const },
      now,
      requestId,
    };
    await recordAudit(db, ctx, {
      action: "organization.create",
      targetType: "organization",
      targetId: organizationId,
      after: organization,
    });
    const sessionId = await createSession(db, { userId, organizationId, userAgent, now });
    return { id: organizationId, organization: { id: organizationId, name: organization.name }, sessionId };
  });
}
