import "server-only";

import { readFile, rename, writeFile } from "node:fs/promises";

/** The end of a trail as it was at some moment, sealed. */
export type KeptHead = { readonly at: string; readonly head: string };

type File = Readonly<Record<string, readonly KeptHead[]>>;

/** More than a year of days. */
const HEADS_MAX = 400;

/** Beside the keys, so that whoever can change the database cannot change what it is compared with. */
const path = (): string | undefined => process.env.TWOLINE_AUDIT_HEADS;

export const keepsHeads = (): boolean => path() !== undefined;

/** The heads that were kept of an organization's trail, the oldest first. */
export async function readKeptHeads(organizationId: string): Promise<readonly KeptHead[]> {
  return (await readHeads())[organizationId] ?? [];
}

/** Keeps one head a day, the day's last, which the caller has found to follow the one before. */
export async function keepHead(organizationId: string, kept: KeptHead): Promise<void> {
  const file = path();
  if (file === undefined) return;
  const all = await readHeads();
  const day = kept.at.slice(0, 10);
  const others = (all[organizationId] ?? []).filter(({ at }) => at.slice(0, 10) !== day);
  const heads = { ...all, [organizationId]: [...others, kept].slice(-HEADS_MAX) };
  // Written aside and renamed, so that a crash leaves the old ones or the new ones.
  await writeFile(`${file}.${process.pid}`, `${JSON.stringify(heads, null, 1)}\n`, { mode: 0o600 });
  await rename(`${file}.${process.pid}`, file);
}

async function readHeads(): Promise<File> {
  const file = path();
  if (file === undefined) return {};
  try {
    return JSON.parse(await readFile(file, "utf8")) as File;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return {};
    throw error;
  }
}
