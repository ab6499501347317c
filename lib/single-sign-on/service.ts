import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { type Db, read, write } from "@/lib/db/client";
import { newId } from "@/lib/db/id";
import { DomainError } from "@/lib/domain/errors";
import { KNOWN_ISSUERS, type ProviderKind, refusalOfIssuer } from "@/lib/domain/sign-in-provider";
import type { Page } from "@/lib/fields/schema";
import { checkOutsideUrl } from "@/lib/net/outside-url";
import { sealSecret } from "@/lib/secrets/seal";
import {
  deleteConnection,
  findConnections,
  findTakenDomain,
  getConnection,
  insertConnection,
  updateConnection,
} from "@/lib/single-sign-on/data";
import type { Connection, ConnectionChange, ConnectionInput } from "@/lib/single-sign-on/schema";

/** The providers through which the organization's people sign in. */
export async function listConnections(ctx: Ctx): Promise<Page<Connection>> {
  authorize(ctx, "sign_in:write");
  return { data: await read(ctx, (db) => findConnections(db, ctx)), nextCursor: null };
}

export async function createConnection(ctx: Ctx, input: ConnectionInput): Promise<Connection> {
  authorize(ctx, "sign_in:write");
  authorizeFresh(ctx);
  const { clientSecret, ...fields } = input;
  const issuer = checkedIssuer(input.kind, input.issuer);
  if (input.domains.some(({ enforced }) => enforced)) throw unproven();
  const id = newId();
  return await write(ctx, async (db) => {
    await assertDomains(db, input.domains, null);
    const clientSecretSealed = sealSecret(placeOf(ctx, id), clientSecret);
    await insertConnection(db, ctx, { ...fields, issuer, id, clientSecretSealed });
    const after = await getConnection(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "sign_in_connection.create",
      targetType: "sign_in_connection",
      targetId: id,
      after: tellable(after),
    });
    return after;
  });
}

export async function changeConnection(ctx: Ctx, change: ConnectionChange): Promise<Connection> {
  authorize(ctx, "sign_in:write");
  authorizeFresh(ctx);
  const { clientSecret, ...fields } = change;
  return await write(ctx, async (db) => {
    const before = await getConnection(db, ctx, change.id);
    const issuer = checkedIssuer(before.kind, change.issuer ?? before.issuer);
    if (change.domains) await assertDomains(db, change.domains, change.id);
    if (before.usedAt === null && change.domains?.some(({ enforced }) => enforced)) throw unproven();
    await updateConnection(db, ctx, {
      ...fields,
      issuer,
      ...(clientSecret !== undefined && {
        clientSecretSealed: sealSecret(placeOf(ctx, change.id), clientSecret),
      }),
    });
    const after = await getConnection(db, ctx, change.id);
    await recordAudit(db, ctx, {
      action: "sign_in_connection.change",
      targetType: "sign_in_connection",
      targetId: change.id,
      before: tellable(before),
      after: { ...tellable(after), ...(clientSecret !== undefined && { secretReplaced: true }) },
    });
    return after;
  });
}

/** Whoever came through it signs in anew, another way. */
export async function endConnection(ctx: Ctx, { id }: { id: string }): Promise<void> {
  authorize(ctx, "sign_in:write");
  authorizeFresh(ctx);
  await write(ctx, async (db) => {
    const before = await getConnection(db, ctx, id);
    await deleteConnection(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "sign_in_connection.remove",
      targetType: "sign_in_connection",
      targetId: id,
      before: tellable(before),
    });
    return null;
  });
}

const placeOf = (ctx: Ctx, id: string) => ({
  organizationId: ctx.organization.id,
  table: "sign_in_connection",
  id,
});

/** What the trail keeps of it. */
const tellable = ({ kind, issuer, clientId, domains, admitsNewcomers }: Connection) => ({
  kind,
  issuer,
  clientId,
  domains: domains.map(({ domain, enforced }) => (enforced ? `${domain} (enforced)` : domain)).join(", "),
  admitsNewcomers,
});

function checkedIssuer(kind: ProviderKind, typed: string): string {
  const issuer = typed === "" ? (KNOWN_ISSUERS[kind] ?? "") : typed;
  checkOutsideUrl(issuer, "issuer");
  const message = /[?#]/.test(issuer) ? "Leave out what comes after ? or #." : refusalOfIssuer(kind, issuer);
  if (message) throw new DomainError("invalid_input", message, { fields: { issuer: message } });
  return issuer;
}

async function assertDomains(
  db: Db,
  domains: ConnectionInput["domains"],
  connectionId: string | null,
): Promise<void> {
  const names = domains.map(({ domain }) => domain);
  const taken = await findTakenDomain(db, names, connectionId);
  if (taken === null) return;
  const message = `Another connection serves ${taken}.`;
  throw new DomainError("name_taken", message, { fields: { domains: message } });
}

/** A provider that nobody ever came through would lock everybody out. */
function unproven(): DomainError {
  const message = "Sign in through it once, then it can be made the only way in.";
  return new DomainError("connection_unproven", message, { fields: { domains: message } });
}
