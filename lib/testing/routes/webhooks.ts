import { OWNER, type Row, unique } from "@/lib/testing/routes/row";
import type { World } from "@/lib/testing/world";
import { createWebhook } from "@/lib/webhooks/service";

const input = () => ({ name: unique("Chat"), url: `https://hooks.example.com/${unique("T0")}` });
const aWebhook = ({ owner }: World) => createWebhook(owner, input());

export const WEBHOOKS: readonly Row[] = [
  { route: "GET webhooks", who: OWNER, status: 200, request: () => ({ query: { limit: "200" } }) },
  { route: "POST webhooks", who: OWNER, status: 201, fresh: true, request: () => ({ body: input() }) },
  {
    route: "PATCH webhooks/[id]",
    who: OWNER,
    status: 200,
    fresh: true,
    request: async (world) => {
      const { id, version } = await aWebhook(world);
      return { params: { id }, version, body: { ...input(), active: false } };
    },
  },
  {
    route: "DELETE webhooks/[id]",
    who: OWNER,
    status: 204,
    request: async (world) => ({ params: { id: (await aWebhook(world)).id } }),
  },
  {
    route: "GET webhooks/[id]/deliveries",
    who: OWNER,
    status: 200,
    request: async (world) => ({ params: { id: (await aWebhook(world)).id }, query: { limit: "200" } }),
  },
  {
    route: "POST webhooks/[id]/deliveries",
    who: OWNER,
    status: 201,
    request: async (world) => ({ params: { id: (await aWebhook(world)).id }, body: {} }),
  },
];
