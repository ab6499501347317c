import "server-only";

import { createHmac, timingSafeEqual } from "node:crypto";

import { HEAD_PATTERN } from "@/lib/audit/schema";
import type { ChainHead } from "@/lib/domain/audit-chain";
import { invariant } from "@/lib/domain/errors";

/** A head as text with a seal, which nobody can make who has the database alone: the key is not in it. */
export function sealHead(organizationId: string, { sequence, hash }: ChainHead): string {
  return `${sequence}.${hash}.${sealOf(organizationId, { sequence, hash })}`;
}

/** The head that a text tells; null, when these books did not seal it. */
export function openHead(organizationId: string, text: string): ChainHead | null {
  const [, sequence = "", hash = "", seal = ""] = HEAD_PATTERN.exec(text) ?? [];
  if (hash === "") return null;
  const head = { sequence: Number(sequence), hash };
  const own = sealOf(organizationId, head);
  return timingSafeEqual(Buffer.from(own), Buffer.from(seal)) ? head : null;
}

function sealOf(organizationId: string, { sequence, hash }: ChainHead): string {
  // Without a key of its own, the one that signs sessions serves: it is not in the database either.
  const key = process.env.TWOLINE_AUDIT_KEY || process.env.NEXTAUTH_SECRET;
  invariant(Boolean(key), "TWOLINE_AUDIT_KEY or NEXTAUTH_SECRET is set");
  return createHmac("sha256", `audit head ${key}`)
    .update(`${organizationId}\n${sequence}\n${hash}`)
    .digest("hex");
}
