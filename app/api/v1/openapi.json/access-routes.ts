import * as accountPassword from "@/app/api/v1/account/password/route";
import * as account from "@/app/api/v1/account/route";
import * as invitationsOneLink from "@/app/api/v1/invitations/[id]/link/route";
import * as invitationsOne from "@/app/api/v1/invitations/[id]/route";
import * as invitationsAcceptance from "@/app/api/v1/invitations/acceptance/route";
import * as invitations from "@/app/api/v1/invitations/route";
import * as passwordResets from "@/app/api/v1/password-resets/route";
import * as sessionProof from "@/app/api/v1/session/proof/route";
import * as session from "@/app/api/v1/session/route";
import * as sessionsOne from "@/app/api/v1/sessions/[id]/route";
import * as sessions from "@/app/api/v1/sessions/route";
import * as setup from "@/app/api/v1/setup/route";
import * as tokensOne from "@/app/api/v1/tokens/[id]/route";
import * as tokens from "@/app/api/v1/tokens/route";
import * as usersOne from "@/app/api/v1/users/[id]/route";
import * as usersOneSessions from "@/app/api/v1/users/[id]/sessions/route";
import * as usersOneSuspension from "@/app/api/v1/users/[id]/suspension/route";
import * as users from "@/app/api/v1/users/route";
import type { DescribedRoute } from "@/lib/http/openapi";

/** The routes of who gets in, and as what. */
export const ACCESS_ROUTES: readonly DescribedRoute[] = [
  { path: "/account", module: account, methods: { GET: "Who I am", PATCH: "Change my name" } },
  {
    path: "/account/password",
    module: accountPassword,
    methods: { PUT: "Change my password; my other sessions end" },
  },
  {
    path: "/invitations",
    module: invitations,
    methods: { GET: "Open invitations", POST: "Invite a colleague by a one-time link" },
  },
  { path: "/invitations/{id}", module: invitationsOne, methods: { DELETE: "Take an invitation back" } },
  {
    path: "/invitations/{id}/link",
    module: invitationsOneLink,
    methods: { PUT: "Invite anew by another link; the one before opens nothing" },
  },
  {
    path: "/invitations/acceptance",
    module: invitationsAcceptance,
    methods: { POST: "Accept an invitation by its token" },
  },
  {
    path: "/session",
    module: session,
    methods: {
      POST: { summary: "Sign in", status: 200 },
      PUT: "Switch to another organization",
      DELETE: "Sign out",
    },
  },
  {
    path: "/session/proof",
    module: sessionProof,
    methods: { PUT: "Prove once more who I am, for what takes a fresh sign-in" },
  },
  {
    path: "/sessions",
    module: sessions,
    methods: { GET: "Where I am signed in", DELETE: "End all my other sessions" },
  },
  { path: "/sessions/{id}", module: sessionsOne, methods: { DELETE: "End a session of mine" } },
  {
    path: "/password-resets",
    module: passwordResets,
    methods: {
      POST: { summary: "Say that a password was forgotten; a mail goes to whoever has it", status: 204 },
      PUT: { summary: "Choose another password by the link in that mail", status: 204 },
    },
  },
  { path: "/setup", module: setup, methods: { POST: "First run: the organization and its owner" } },
  {
    path: "/tokens",
    module: tokens,
    methods: { GET: "API tokens: mine, or for an owner everybody's", POST: "Make an API token" },
  },
  { path: "/tokens/{id}", module: tokensOne, methods: { DELETE: "End an API token at once" } },
  { path: "/users", module: users, methods: { GET: "Who may sign in, with their roles" } },
  {
    path: "/users/{id}",
    module: usersOne,
    methods: { PATCH: "Change somebody's roles", DELETE: "Take somebody's access away" },
  },
  {
    path: "/users/{id}/sessions",
    module: usersOneSessions,
    methods: { DELETE: "Sign somebody out of these books everywhere" },
  },
  {
    path: "/users/{id}/suspension",
    module: usersOneSuspension,
    methods: {
      PUT: "Keep somebody out, with their roles as they are",
      DELETE: { summary: "Let somebody in again", status: 200 },
    },
  },
];
