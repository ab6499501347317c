import type { Ctx } from "@/lib/auth/ctx";
import type { Import, UploadInput } from "@/lib/imports/schema";
import { commitImport, readImport, receiveImport, undoImport } from "@/lib/imports/service";
import { cleanUpImport, workOnImport } from "@/lib/imports/work";

async function* pieces(text: string | Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Sends a file in and reads it, as the upload and the worker do. */
export async function sendFile(ctx: Ctx, input: UploadInput, text: string | Buffer): Promise<Import> {
  const { id } = await receiveImport(ctx, input, { bytes: pieces(text), announced: null });
  await workOnImport(ctx, id);
  return await readImport(ctx, { id });
}

/** Puts a file that was read into the books. */
export async function commitFile(ctx: Ctx, { id }: { id: string }, skipBadRows = false): Promise<Import> {
  await commitImport(ctx, { id, skipBadRows });
  await workOnImport(ctx, id);
  await cleanUpImport(ctx, id);
  return await readImport(ctx, { id });
}

export async function importFile(ctx: Ctx, fileName: string, text: string): Promise<Import> {
  return await commitFile(ctx, await sendFile(ctx, { fileName }, text));
}

export async function undoFile(ctx: Ctx, { id }: { id: string }): Promise<Import> {
  await undoImport(ctx, { id });
  await workOnImport(ctx, id);
  return await readImport(ctx, { id });
}
