import type { ConnectionInput } from "@/lib/single-sign-on/schema";
import { createConnection } from "@/lib/single-sign-on/service";
import { ANYBODY, OWNER, type Row, unique } from "@/lib/testing/routes/row";
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
