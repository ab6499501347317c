import "server-only";

import { hash } from "node:crypto";

import type { Ctx } from "@/lib/auth/ctx";
import type { Db } from "@/lib/db/client";
import type { ClosedMonths } from "@/lib/domain/closed-months";
import type { Month } from "@/lib/domain/month";
import type { Facts } from "@/lib/ledger/data";
import { inOpenMonths, insertEntries } from "@/lib/ledger/entry-data";
import { type EntryToKeep, lineOf, SAID_COLUMNS } from "@/lib/ledger/entry-row-data";
import { Prisma } from "@/prisma/generated/client";

const { sql } = Prisma;

/** Ids a statement. */
const CHUNK_IDS = 20_000;

/** A part of the ledger that is compared as one: an invoice's, a contract's or a provider's entries of one month. */
const GROUP = sql`month || ' ' || service_provider_id || ' ' || coalesce(invoice_id, subscription_id, service_provider_id)`;

const groupOf = ({ month, serviceProviderId, invoiceId, subscriptionId }: EntryToKeep): string =>
  `${month} ${serviceProviderId} ${invoiceId ?? subscriptionId ?? serviceProviderId}`;

/** A fingerprint of what a row says, the same as `digestOf` makes of the entry. */
const DIGEST = sql`sha256(convert_to(ROW(${Prisma.raw(SAID_COLUMNS.join(", "))})::text, 'UTF8'))`;

const digestOf = (entry: EntryToKeep): string => hash("sha256", lineOf(entry), "hex");

/**
 * Puts these entries in the place of what open months hold of the facts. Rows that say the same stay as they are, so a change
 * costs what differs, and not what was looked at: groups are told apart by a digest, and rows only of those that differ.
 *
 * @returns the months that changed
 */
export async function replaceEntries(
  db: Db,
  ctx: Ctx,
  { facts, closed, entries }: { facts: Facts; closed: ClosedMonths; entries: readonly EntryToKeep[] },
): Promise<Month[]> {
  const kept = inOpenMonths(ctx, facts, closed);
  const before = await digestsOfGroups(db, kept);
  const made = Map.groupBy(entries, groupOf);
  const digests = before.size === 0 ? new Map<EntryToKeep, string>() : digestsOf(entries);
  const differing = [...new Set([...before.keys(), ...made.keys()])].filter(
    (group) => !before.has(group) || before.get(group) !== digestOfGroup(made.get(group) ?? [], digests),
  );
  const rows = await findRows(
    db,
    kept,
    differing.filter((group) => before.has(group)),
  );
  const added = differing
    .flatMap((group) => made.get(group) ?? [])
    .filter((entry) => rows.get(digests.get(entry) ?? "")?.pop() === undefined);
  const gone = [...rows.values()].flat();
  for (let start = 0; start < gone.length; start += CHUNK_IDS) {
    const ids = gone.slice(start, start + CHUNK_IDS).map(({ id }) => id);
    await db.$executeRaw`
      DELETE FROM ledger_entry WHERE organization_id = ${ctx.organization.id}::uuid AND id = ANY(${ids}::uuid[])`;
  }
  await insertEntries(db, ctx, added);
  return [...new Set([...gone, ...added].map(({ month }) => month))];
}

const digestsOf = (entries: readonly EntryToKeep[]): Map<EntryToKeep, string> =>
  new Map(entries.map((entry) => [entry, digestOf(entry)]));

function digestOfGroup(entries: readonly EntryToKeep[], digests: ReadonlyMap<EntryToKeep, string>): string {
  const inOrder = entries.map((entry) => digests.get(entry) ?? "").sort();
  return hash("sha256", Buffer.from(inOrder.join(""), "hex"), "hex");
}

async function digestsOfGroups(db: Db, kept: Prisma.Sql): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ group: string; digest: string }[]>`
    SELECT "group", encode(sha256(string_agg(digest, ''::bytea ORDER BY digest)), 'hex') AS digest
    FROM (SELECT ${GROUP} AS "group", ${DIGEST} AS digest FROM ledger_entry WHERE ${kept}) each_row
    GROUP BY 1`;
  return new Map(rows.map(({ group, digest }) => [group, digest]));
}

type KeptRow = { readonly id: string; readonly month: Month };

/** The rows of these groups by what they say. */
async function findRows(
  db: Db,
  kept: Prisma.Sql,
  groups: readonly string[],
): Promise<Map<string, KeptRow[]>> {
  if (groups.length === 0) return new Map();
  const rows = await db.$queryRaw<(KeptRow & { digest: string })[]>`
    SELECT id, month, encode(${DIGEST}, 'hex') AS digest FROM ledger_entry
    WHERE ${kept} AND ${GROUP} = ANY(${groups}::text[])`;
  return Map.groupBy(rows, ({ digest }) => digest);
}
