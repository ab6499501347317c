import "server-only";

import { findHashAt, findHead, findLinks, type HashedLink, hashAs } from "@/lib/audit/data";
import { type KeptHead, keepHead, readKeptHeads } from "@/lib/audit/kept-heads-data";
import type { Verification } from "@/lib/audit/schema";
import { openHead, sealHead } from "@/lib/audit/seal";
import { transact } from "@/lib/db/client";
import {
  CHAIN_START,
  type ChainHead,
  chainFaultText,
  checkHeads,
  followChain,
} from "@/lib/domain/audit-chain";

/** Events a read: enough for few round trips, few enough that nobody waits for the thread. */
const PAGE = 500;
const FAULTS_MAX = 100;

/** Goes through a whole trail, page after page, and compares it with the heads that were kept of it. */
export async function verifyTrail(
  organizationId: string,
  now: Date,
  given: readonly ChainHead[] = [],
): Promise<Verification> {
  const kept = (await readKeptHeads(organizationId)).map(({ head }) => openHead(organizationId, head));
  const heads = [...kept.filter((head) => head !== null), ...given];
  const wanted = new Set(heads.map(({ sequence }) => sequence));
  const hashes = new Map<number, string>();

  let walk = CHAIN_START;
  let events = 0;
  let after: number | null = null;
  for (;;) {
    const links = await readLinks(organizationId, after);
    walk = followChain(walk, links, hashAs);
    events += links.length;
    for (const { sequence, hash } of links) if (wanted.has(sequence)) hashes.set(sequence, hash);
    const last = links.at(-1);
    if (last === undefined || links.length < PAGE || walk.faults.length > FAULTS_MAX) break;
    after = last.sequence;
  }
  const more = walk.faults.length > FAULTS_MAX;
  const faults = more
    ? walk.faults.slice(0, FAULTS_MAX)
    : [...walk.faults, ...checkHeads(walk, heads, (sequence) => hashes.get(sequence))];
  return {
    verifiedAt: now.toISOString(),
    events,
    head: walk.last && sealHead(organizationId, walk.last),
    headsCompared: heads.length,
    headsUnsealed: kept.filter((head) => head === null).length,
    faults: faults.map((fault) => ({ ...fault, text: chainFaultText(fault) })),
    more,
  };
}

const readLinks = (organizationId: string, after: number | null): Promise<HashedLink[]> =>
  transact({ organizationId }, (db) => findLinks(db, organizationId, after, PAGE));

/**
 * Keeps the present head of a trail outside the database, if the last one that was kept still stands in it.
 *
 * @returns whether it does; when not, the old one stays, so that what is missing shows
 */
export async function keepPresentHead(organizationId: string, now: Date): Promise<boolean> {
  const last = lastSealed(organizationId, await readKeptHeads(organizationId));
  const { head, stands } = await transact({ organizationId }, async (db) => ({
    head: await findHead(db, organizationId),
    stands: last === null || (await findHashAt(db, organizationId, last.sequence)) === last.hash,
  }));
  if (stands && head !== null && head.sequence !== last?.sequence) {
    await keepHead(organizationId, { at: now.toISOString(), head: sealHead(organizationId, head) });
  }
  return stands;
}

function lastSealed(organizationId: string, kept: readonly KeptHead[]): ChainHead | null {
  return kept.map(({ head }) => openHead(organizationId, head)).findLast((head) => head !== null) ?? null;
}
