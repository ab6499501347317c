import "server-only";

import { Readable } from "node:stream";

import { authorize, authorizeFresh, type Ctx } from "@/lib/auth/ctx";
import { recordAudit } from "@/lib/db/audit";
import { read, write } from "@/lib/db/client";
import { findPerson, type Person } from "@/lib/erasure/data";
import { findRows, findSections, findSelf } from "@/lib/erasure/export-data";
import { getMember } from "@/lib/members/data";

/**
 * All that is kept about somebody, as JSON that is made while it is sent: for themselves, or by an owner for them.
 *
 * @throws DomainError `not_found`
 */
export async function exportPerson(
  ctx: Ctx,
  { id }: { readonly id: string },
): Promise<{ readonly fileName: string; readonly json: Readable }> {
  authorize(ctx, ctx.actor.memberId === id ? "member:read" : "person:export");
  authorizeFresh(ctx);
  const person = await write(ctx, async (db) => {
    await getMember(db, ctx, id);
    await recordAudit(db, ctx, { action: "member.export", targetType: "member", targetId: id });
    return await findPerson(db, ctx, id);
  });
  return {
    fileName: `person-${id.slice(-8)}.json`,
    json: Readable.from(textOf(ctx, person), { objectMode: false }),
  };
}

async function* textOf(ctx: Ctx, person: Person): AsyncGenerator<string> {
  const self = await read(ctx, (db) => findSelf(db, ctx, person));
  const sections = await read(ctx, (db) => findSections(db));
  yield `{"exportedAt":${JSON.stringify(ctx.now)},"organization":${JSON.stringify(ctx.organization.name)}`;
  for (const [name, value] of Object.entries(self)) yield `,\n"${name}":${JSON.stringify(value)}`;
  yield ',\n"records":{';
  let separator = "\n";
  for (const section of sections) {
    const rows = await read(ctx, (db) => findRows(db, ctx, section, person));
    if (rows.length === 0) continue;
    yield `${separator}${JSON.stringify(section.table)}:${JSON.stringify(rows)}`;
    separator = ",\n";
  }
  yield "}}\n";
}
