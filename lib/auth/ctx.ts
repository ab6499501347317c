import type { Currency } from "@/lib/domain/currency";
import { DomainError } from "@/lib/domain/errors";
import type { Month } from "@/lib/domain/month";
import { can, type Permission, type Role } from "@/lib/domain/permission";
import { isFresh } from "@/lib/domain/session-life";
import { scopeOf, scopesAllow, scopesAreFresh, type TokenScope } from "@/lib/domain/token-scope";

declare const brand: unique symbol;

/** The id of an organization that the actor was proved to belong to. Only lib/auth mints one. */
export type OrganizationId = string & { readonly [brand]: "OrganizationId" };

export type CtxOrganization = {
  readonly id: OrganizationId;
  readonly name: string;
  readonly baseCurrency: Currency;
  /** 1 to 12, the calendar month in which the fiscal year begins. */
  readonly fiscalYearStart: number;
  readonly booksStart: Month;
  readonly demo: boolean;
};

export type Actor = {
  readonly userId: string;
  readonly roles: readonly Role[];
  /** The member that this user is, if the organization knows them as one. */
  readonly memberId: string | null;
  /** The teams that the actor leads today. */
  readonly ledTeamIds: readonly string[];
};

/** How the actor came in, and so what they have proven of who they are. */
export type Via =
  | {
      readonly kind: "session";
      readonly sessionId: string;
      readonly provenAt: Date;
      /** The provider that vouched for them, if one did. */
      readonly connectionId: string | null;
    }
  | { readonly kind: "token"; readonly tokenId: string; readonly scopes: readonly TokenScope[] }
  /** Nobody asks: a job, a command of whoever runs the server, or the first step of somebody who has no session yet. */
  | { readonly kind: "server" };

/**
 * Who acts, for which organization, at what moment. A value, made once per request by lib/auth/session.ts (or by a
 * job, or a test); services take it first, domain functions never see it. `now` is the only clock.
 */
export type Ctx = {
  readonly organization: CtxOrganization;
  readonly actor: Actor;
  readonly via: Via;
  readonly now: Date;
  readonly requestId: string;
  /** Set when what changes closed months is asked for as a correction; else it is refused. */
  readonly closedMonths?: "correct";
  /** Set on a POST that carried an Idempotency-Key. */
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
};

/** The context of what nobody asked for: what a worker does by itself. */
export type SystemCtx = Pick<Ctx, "organization" | "now" | "requestId"> & {
  readonly actor: { readonly userId: null };
};

/** The first line of every service function. */
export function authorize(ctx: Ctx, permission: Permission): void {
  if (!can(ctx.actor.roles, permission)) {
    throw new DomainError("forbidden", "Your role in this organization does not allow that.");
  }
  if (ctx.via.kind === "token" && !scopesAllow(ctx.via.scopes, permission)) {
    const scope = scopeOf(permission);
    const message = scope
      ? `This token lacks the scope ${scope}.`
      : "No API token may do that. Sign in to do it.";
    throw new DomainError("forbidden", message);
  }
}

/**
 * The second line of what an unlocked laptop or a stolen cookie must not do: access, sessions, keys, closing, all data
 * at once. Whoever proved who they are longer ago than an hour is asked to do it again.
 *
 * @throws DomainError `fresh_sign_in_required`
 */
export function authorizeFresh({ via, now }: Ctx): void {
  if (via.kind === "server") return;
  if (via.kind === "token" ? scopesAreFresh(via.scopes) : isFresh(via.provenAt, now)) return;
  throw new DomainError("fresh_sign_in_required", "Prove once more that it is you, then ask again.");
}

/** Which rows of people and money the actor may see: all, or those of some teams and one member. */
export type Visibility =
  | { readonly all: true }
  | { readonly all: false; readonly teamIds: readonly string[]; readonly memberId: string | null };

export function visibility(ctx: Ctx): Visibility {
  if (can(ctx.actor.roles, "books:read_all")) return { all: true };
  return {
    all: false,
    teamIds: can(ctx.actor.roles, "team:read_led") ? ctx.actor.ledTeamIds : [],
    memberId: ctx.actor.memberId,
  };
}

/**
 * For a change in the name of a team: whoever may do it everywhere may, and a lead for the teams that they lead.
 *
 * @throws DomainError `forbidden`
 */
export function authorizeTeam(ctx: Ctx, permission: Permission, teamId: string): void {
  authorize(ctx, permission);
  if (can(ctx.actor.roles, "books:write_all")) return;
  if (!ctx.actor.ledTeamIds.includes(teamId)) {
    throw new DomainError("forbidden", "You may do that only for the teams that you lead.");
  }
}
