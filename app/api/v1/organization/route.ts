import { z } from "zod";

import { ok, route } from "@/lib/http/route";
import { organizationChange } from "@/lib/organization/schema";
import { changeOrganization, readOrganization } from "@/lib/organization/service";

export const GET = route(z.strictObject({}), async (ctx) => ok(await readOrganization(ctx)));
export const PATCH = route(organizationChange, async (ctx, input) =>
  ok(await changeOrganization(ctx, input)),
);
