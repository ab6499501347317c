import "server-only";

import type { Ctx } from "@/lib/auth/ctx";
import { type Cast, idOf } from "@/lib/demo/cast";
import type { Calendar } from "@/lib/demo/story";
import { DEMO_MONTHS } from "@/lib/demo/story";
import { claudeLogs, cursorExport } from "@/lib/demo/use-story";
import { utcDateOf } from "@/lib/domain/calendar-date";
import type { UploadInput } from "@/lib/imports/schema";
import { commitImport, receiveImport } from "@/lib/imports/service";
import { cleanUpImport, workOnImport } from "@/lib/imports/work";

/** Imports what people used, as files tell it, so that there is something to advise on. */
export async function buildUsage(ctx: Ctx, calendar: Calendar, cast: Cast): Promise<void> {
  const today = utcDateOf(ctx.now);
  const running = calendar.month(DEMO_MONTHS - 1);
  for (const { name, text } of claudeLogs(today, running)) {
    const fileName = `${name.toLowerCase().replace(" ", "-")}.jsonl`;
    await importText(ctx, { fileName, memberId: idOf(cast.member, name) }, text);
  }
  await importText(ctx, { fileName: "cursor-usage.csv" }, cursorExport(today, running));
}

/** As long as making the books may take. */
const HELD_MS = 10 * 60_000;

/** Read here and by no worker, for whom nobody may import into books that are half made. */
async function importText(ctx: Ctx, input: UploadInput, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const leasedUntil = new Date(Date.now() + HELD_MS);
  const file = { bytes: pieces(bytes), announced: bytes.byteLength, leasedUntil };
  const { id } = await receiveImport(ctx, input, file);
  await workOnImport(ctx, id);
  await commitImport(ctx, { id, skipBadRows: false });
  await workOnImport(ctx, id);
  await cleanUpImport(ctx, id);
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
