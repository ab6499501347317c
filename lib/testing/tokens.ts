import { newId } from "@/lib/db/id";
import { addDays, utcDateOf } from "@/lib/domain/calendar-date";
import { TOKEN_SCOPES, type TokenScope } from "@/lib/domain/token-scope";
import type { SignedIn, World } from "@/lib/testing/world";
import type { NewApiToken, TokenInput } from "@/lib/tokens/schema";
import { createToken } from "@/lib/tokens/service";

/** A token of somebody of the world, with every scope unless some are named. */
export function aToken(
  world: World,
  who: SignedIn,
  changes: Partial<TokenInput> & { readonly scopes?: TokenScope[] } = {},
): Promise<NewApiToken> {
  const ctx = world.actors[who];
  return createToken(ctx, {
    name: `A token ${newId().slice(-8)}`,
    scopes: [...TOKEN_SCOPES],
    expiresOn: addDays(utcDateOf(ctx.now), 30),
    survives: false,
    ...changes,
  });
}

/** What a request carries of a token. */
export const bearing = (token: string): { readonly Authorization: string } => ({
  Authorization: `Bearer ${token}`,
});
