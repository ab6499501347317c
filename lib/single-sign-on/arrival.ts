import "server-only";

import type { Ctx, OrganizationId } from "@/lib/auth/ctx";
import { createSession, findBelongings } from "@/lib/auth/data";
import { recordAudit } from "@/lib/db/audit";
import { type Db, lockBooks, transact } from "@/lib/db/client";
import { type ArrivalRefusal, domainOf, vouchedEmail } from "@/lib/domain/sign-in-provider";
import { emailField } from "@/lib/fields/schema";
import {
  findOpenInvitation,
  type OpenInvitation,
  useInvitation as takeInvitation,
} from "@/lib/invitations/data";
import { openSecret } from "@/lib/secrets/seal";
import { findCredentials } from "@/lib/sign-in/data";
import {
  findIdentityUser,
  findInvitationOf,
  findOpenConnection,
  findServedDomain,
  getOrganization,
  insertIdentity,
  insertVouchedUser,
  type OpenConnection,
  touchConnection,
} from "@/lib/single-sign-on/data";
import { type Discovered, discover } from "@/lib/single-sign-on/discovery";
import type { Door } from "@/lib/single-sign-on/schema";
import { replaceLedTeams, replaceRoles, tieMember } from "@/lib/users/data";

/** How the people of an address's domain come in; the same for an address that nobody has. */
export async function findDoor(email: string): Promise<Door> {
  const served = await findServedDomain(domainOf(email));
  if (!served) return { connection: null, enforced: false };
  return { connection: { id: served.connectionId, name: served.name }, enforced: served.enforced };
}

export type ProviderInUse = OpenConnection & {
  readonly clientSecret: string;
  /** Null for GitHub, which is no OpenID provider. */
  readonly discovered: Discovered | null;
};

/** A connection with all that it takes to send somebody to its provider; null when there is none. */
export async function openConnection(id: string, now: Date): Promise<ProviderInUse | null> {
  const connection = await findOpenConnection(id);
  if (!connection) return null;
  const { organizationId, issuer, kind, clientSecretSealed } = connection;
  const clientSecret = openSecret({ organizationId, table: "sign_in_connection", id }, clientSecretSealed);
  const discovered = kind === "github" ? null : await discover(issuer, now);
  return { ...connection, clientSecret, discovered };
}

/** Somebody whom a provider sent, as it calls them, and the address that is to be connected with that. */
export type PendingLink = {
  readonly organizationId: string;
  readonly connectionId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
};

export type Arrival =
  | { readonly kind: "session"; readonly sessionId: string }
  /** There is an account of that address already: whoever holds it says so by signing in to it once more. */
  | { readonly kind: "link"; readonly link: PendingLink }
  | { readonly kind: "refused"; readonly why: ArrivalRefusal };

type Caller = { readonly userAgent: string; readonly now: Date; readonly requestId: string };
type Claims = Readonly<Record<string, unknown>>;

/** What becomes of somebody whom a provider sent with these claims, whose signature and audience were checked. */
export async function arrive(connection: OpenConnection, claims: Claims, caller: Caller): Promise<Arrival> {
  const { issuer, organizationId } = connection;
  const subject = typeof claims.sub === "string" ? claims.sub : "";
  if (claims.iss !== issuer || subject === "" || subject.length > 255) return refused("provider");
  const known = await transact({ organizationId }, (db) =>
    findIdentityUser(db, connection, { issuer, subject }, caller.now),
  );
  if (known !== null) return await openFor(connection, known, caller);

  const vouched = emailField.safeParse(vouchedEmail(connection.kind, claims, connection.domains));
  if (!vouched.success) return refused("unverified");
  const email = vouched.data;
  if (!connection.domains.includes(domainOf(email))) return refused("domain");
  const link = { organizationId, connectionId: connection.id, issuer, subject, email };
  const account = await findCredentials(email);
  if (account) {
    const belongs = await belongsTo(organizationId, account.id, caller.now);
    return belongs ? { kind: "link", link } : refused("not_invited");
  }
  const name = typeof claims.name === "string" ? claims.name.trim().slice(0, 100) : "";
  return await join(connection, { ...link, name: name || email }, caller);
}

const refused = (why: ArrivalRefusal): Arrival => ({ kind: "refused", why });

async function belongsTo(organizationId: string, userId: string, now: Date): Promise<boolean> {
  return (await findBelongings(userId, now)).some((belonging) => belonging.organizationId === organizationId);
}

async function openFor(connection: OpenConnection, userId: string, caller: Caller): Promise<Arrival> {
  if (!(await belongsTo(connection.organizationId, userId, caller.now))) return refused("no_access");
  const { organizationId } = connection;
  const sessionId = await transact({ organizationId }, (db) => openSession(db, connection, userId, caller));
  return { kind: "session", sessionId };
}

async function openSession(db: Db, connection: OpenConnection, userId: string, { userAgent, now }: Caller) {
  const { organizationId, id: connectionId } = connection;
  await touchConnection(db, connection, now);
  return await createSession(db, { userId, organizationId, userAgent, now, connectionId });
}

/** Somebody new: as they were invited, or as a member where the organization takes whomever its provider vouches for. */
async function join(
  connection: OpenConnection,
  person: PendingLink & { readonly name: string },
  caller: Caller,
): Promise<Arrival> {
  const { organizationId } = connection;
  const { now } = caller;
  const { email, name, issuer, subject } = person;
  return await transact({ organizationId }, async (db): Promise<Arrival> => {
    await lockBooks(db, organizationId);
    const invited = await findInvitationOf(db, organizationId, email, now);
    const held = invited && { organizationId, tokenHash: invited.tokenHash, now };
    const invitation = held && (await findOpenInvitation(db, held));
    const taken = held !== null && invitation !== null && (await takeInvitation(db, held));
    if (invitation ? !taken : !connection.admitsNewcomers) return refused("not_invited");

    const userId = await insertVouchedUser(db, { email, name: invitation?.name || name }, now);
    const organization = await getOrganization(db, organizationId);
    const joining = invitation ?? asMember(organization, person);
    const ctx: Ctx = {
      // The provider that the organization trusts proves the belonging that it gives.
      organization: { ...organization, id: organizationId as OrganizationId },
      actor: { userId, roles: joining.roles, memberId: null, ledTeamIds: [] },
      via: { kind: "server" },
      now,
      requestId: caller.requestId,
    };
    await replaceRoles(db, ctx, { userId, roles: joining.roles, endsOn: joining.roleEndsOn });
    const memberId = await tieMember(db, ctx, joining, userId);
    if (joining.roles.includes("lead")) await replaceLedTeams(db, ctx, memberId, joining.teamIds);
    await insertIdentity(db, { organizationId, connectionId: connection.id, issuer, subject, userId }, now);
    await recordAudit(db, ctx, {
      action: "user.join",
      targetType: "user",
      targetId: userId,
      after: { roles: joining.roles, memberId, connectionId: connection.id },
    });
    return { kind: "session", sessionId: await openSession(db, connection, userId, caller) };
  });
}

const asMember = (
  organization: OpenInvitation["organization"],
  { email, name }: { readonly email: string; readonly name: string },
): OpenInvitation => ({
  id: "",
  email,
  name,
  roles: ["member"],
  teamIds: [],
  roleEndsOn: null,
  signsInUserId: null,
  memberId: null,
  organization,
});

/** Connects an account, to which its holder has just signed in, with who its provider says they are. */
export async function connectIdentity(
  db: Db,
  link: PendingLink,
  { userId, now, requestId }: { readonly userId: string; readonly now: Date; readonly requestId: string },
): Promise<void> {
  const { organizationId, connectionId, issuer, subject } = link;
  await lockBooks(db, organizationId);
  await insertIdentity(db, { organizationId, connectionId, issuer, subject, userId }, now);
  await touchConnection(db, { organizationId, id: connectionId }, now);
  await recordAudit(
    db,
    { organization: { id: organizationId }, actor: { userId }, now, requestId },
    { action: "user.connect", targetType: "user", targetId: userId, after: { connectionId } },
  );
}
