import "server-only";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { getPolicy, updatePolicy } from "@/lib/second-factor/data";
import type { PolicyInput, SignInPolicy } from "@/lib/second-factor/schema";

export async function readPolicy(ctx: Ctx): Promise<SignInPolicy> {
  authorize(ctx, "sign_in:write");
  return await read(ctx, (db) => getPolicy(db, ctx));
}

/** Of which roles a second factor is asked, from the next request on. */
export async function changePolicy(ctx: Ctx, policy: PolicyInput): Promise<SignInPolicy> {
  authorize(ctx, "sign_in:write");
  authorizeFresh(ctx);
  return await write(ctx, async (db) => {
    const before = await getPolicy(db, ctx);
    await updatePolicy(db, ctx, policy);
    const after = await getPolicy(db, ctx);
    await recordAudit(db, ctx, {
      action: "organization.second_factor",
      targetType: "organization",
      targetId: ctx.organization.id,
      before,
      after,
    });
    return after;
  });
}
