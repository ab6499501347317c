import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { addDays, utcDateOf } from "@/lib/domain/calendar-date";
import { DomainError } from "@/lib/domain/errors";
import { can } from "@/lib/domain/permission";
import type { Page } from "@/lib/fields/schema";
import { openSecret, sealSecret } from "@/lib/secrets/seal";
import { endToken, findTokens, getToken, insertToken } from "@/lib/tokens/data";
import type { ApiToken, NewApiToken, TokenInput } from "@/lib/tokens/schema";
import { newApiToken } from "@/lib/tokens/secret";

const DAYS_MAX = 366;

/** An owner sees everybody's tokens, everybody else their own. */
const scopeOf = (ctx: Ctx) => ({ all: can(ctx.actor.roles, "token:manage") });

export async function listTokens(ctx: Ctx): Promise<Page<ApiToken>> {
  authorize(ctx, "token:own");
  return { data: await read(ctx, (db) => findTokens(db, ctx, scopeOf(ctx))), nextCursor: null };
}

/**
 * A token for a program, which may do what its maker may at the time, as far as its scopes go. It is shown now and
 * never again.
 *
 * @throws DomainError `invalid_input`; `forbidden`, where somebody but an owner makes one that outlasts them
 */
export async function createToken(ctx: Ctx, input: TokenInput): Promise<NewApiToken> {
  authorize(ctx, "token:own");
  authorizeFresh(ctx);
  if (input.survives) authorize(ctx, "token:manage");
  assertDays(ctx, input.expiresOn);
  const { token: fresh, ...kept } = newApiToken(ctx.organization.id);
  const { sealed, ...token } = await write(ctx, async (db) => {
    const id = await insertToken(db, ctx, input, kept);
    const made = await getToken(db, ctx, id, { all: false });
    const { name, scopes, survives, expiresAt } = made;
    await recordAudit(db, ctx, {
      action: "api_token.create",
      targetType: "api_token",
      targetId: id,
      after: { name, scopes, survives, expiresAt },
    });
    // What a repeated request is answered with is kept, and must not tell the token to whoever has the database.
    return { ...made, sealed: sealSecret(placeOf(ctx, id), fresh) };
  });
  return { ...token, token: openSecret(placeOf(ctx, token.id), sealed) };
}

const placeOf = ({ organization }: Ctx, id: string) => ({
  organizationId: organization.id,
  table: "idempotency_record",
  id,
});

/** Ends a token at once: one of the actor's, or, for an owner, anybody's. */
export async function revokeToken(ctx: Ctx, { id }: { readonly id: string }): Promise<void> {
  authorize(ctx, "token:own");
  authorizeFresh(ctx);
  await write(ctx, async (db) => {
    const { name, scopes } = await getToken(db, ctx, id, scopeOf(ctx));
    await endToken(db, ctx, id);
    await recordAudit(db, ctx, {
      action: "api_token.end",
      targetType: "api_token",
      targetId: id,
      before: { name, scopes },
    });
    return null;
  });
}

function assertDays({ now }: Ctx, expiresOn: string): void {
  const today = utcDateOf(now);
  const message =
    expiresOn <= today
      ? "Use a day after today."
      : expiresOn > addDays(today, DAYS_MAX)
        ? "Use a day within a year."
        : null;
  if (message !== null) throw new DomainError("invalid_input", message, { fields: { expiresOn: message } });
}
