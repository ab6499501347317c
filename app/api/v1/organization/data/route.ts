import { z } from "zod";

import { zipFile } from "@/lib/http/file";
import { route } from "@/lib/http/route";
import { exportOrganization } from "@/lib/organization/export";

export const GET = route(z.strictObject({}), async (ctx) => zipFile(await exportOrganization(ctx)));
