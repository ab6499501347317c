import { readPolicy } from "@/lib/second-factor/policy";
import type { ConnectionInput } from "@/lib/single-sign-on/schema";
import { createConnection } from "@/lib/single-sign-on/service";
import { ALL, ANYBODY, OWNER, type Row, unique } from "@/lib/testing/routes/row";
import { aSecondFactor, codeAt, noSecondFactor } from "@/lib/testing/second-factor";
import type { World } from "@/lib/testing/world";

const aDomain = () => `${unique("acme").replace(" ", "-")}.example`;

const input = (): ConnectionInput => ({
  kind: "oidc",
  name: "Acme Login",
  issuer: "https://login.acme.example/realms/main",
  clientId: "Twoline-1",
  clientSecret: "a-secret-of-the-provider",
  domains: [{ domain: aDomain(), enforced: false }],
  admitsNewcomers: true,
});

const aConnection = ({ owner }: World) => createConnection(owner, input());

export const SIGN_IN: readonly Row[] = [
  {
    route: "PUT session/second-factor",
    who: ALL,
    status: 204,
    request: async (world, who) => ({ body: { code: codeAt((await aSecondFactor(world, who)).secret) } }),
  },
  // No provider vouches for the sessions of these tests.
  { route: "PUT session/provider-proof", who: ALL, status: 404, request: () => ({ body: {} }) },
  { route: "GET account/second-factor", who: ALL, status: 200, request: () => ({}) },
  {
    route: "PUT account/second-factor/setup",
    who: ALL,
    status: 200,
    fresh: true,
    request: async (world, who) => {
      await noSecondFactor(world, who);
      return { body: {} };
    },
  },
  {
    route: "PUT account/second-factor",
    who: ALL,
    status: 200,
    fresh: true,
    request: async (world, who) => {
      const { secret } = await aSecondFactor(world, who, { waiting: true });
      return { body: { code: codeAt(secret) } };
    },
  },
  {
    route: "PUT account/second-factor/recovery-codes",
    who: ALL,
    status: 200,
    fresh: true,
    request: async (world, who) => {
      await aSecondFactor(world, who);
      return { body: {} };
    },
  },
  {
    route: "DELETE account/second-factor",
    who: ALL,
    status: 204,
    fresh: true,
    request: async (world, who) => {
      await aSecondFactor(world, who);
      return {};
    },
  },
  { route: "GET sign-in-policy", who: OWNER, status: 200, request: () => ({}) },
  {
    route: "PUT sign-in-policy",
    who: OWNER,
    status: 200,
    fresh: true,
    request: async ({ owner }) => {
      const { version } = await readPolicy(owner);
      return { version, body: { secondFactorRoles: ["finance", "owner"] } };
    },
  },
  {
    route: "POST single-sign-on",
    who: ANYBODY,
    status: 200,
    request: () => ({ body: { email: "ada@nobody.example" } }),
  },
  { route: "GET sign-in-connections", who: OWNER, status: 200, request: () => ({}) },
  {
    route: "POST sign-in-connections",
    who: OWNER,
    status: 201,
    fresh: true,
    request: () => ({ body: input() }),
  },
  {
    route: "PATCH sign-in-connections/[id]",
    who: OWNER,
    status: 200,
    fresh: true,
    request: async (world) => {
      const { id, version } = await aConnection(world);
      const { kind: _, ...body } = input();
      return { params: { id }, version, body };
    },
  },
  {
    route: "DELETE sign-in-connections/[id]",
    who: OWNER,
    status: 204,
    fresh: true,
    request: async (world) => ({ params: { id: (await aConnection(world)).id } }),
  },
];
