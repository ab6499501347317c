import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import type { ExternalIdentity } from "@/lib/domain/usage";
import { findChunk } from "@/lib/imports/data";
import type { ImportOptions } from "@/lib/imports/schema";

/** The bytes of an import, stretch by stretch. */
export async function* bytesOf(ctx: Pick<Ctx, "organization">, importId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const content = await findChunk(ctx, importId, position);
    if (content === null) return;
    yield content;
  }
}

/** The identity of one person's machine: the id stands for the name, so that the person can be erased. */
export function ownerOf({ memberId }: ImportOptions): ExternalIdentity | null {
  if (!memberId) return null;
  return { kind: "device", externalId: `member:${memberId}`, name: "Own machine", parent: null };
}
