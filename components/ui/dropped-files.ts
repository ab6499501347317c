/** What is read of a file system entry that was dropped; a folder gives its entries in batches until none is left. */
export type DroppedEntry = {
  readonly isFile: boolean;
  readonly fullPath: string;
  readonly file?: (found: (file: File) => void, failed: (error: unknown) => void) => void;
  readonly createReader?: () => {
    readEntries: (found: (entries: DroppedEntry[]) => void, failed: (error: unknown) => void) => void;
  };
};

/** A file below a folder, with its path, by which files are ordered: the same folder always gives the same order. */
export type FoundFile = { readonly path: string; readonly file: File };

/** More than any folder that is meant; a whole home directory is not. */
export const FOLDER_FILES_MAX = 20_000;

/** The entries of a drop; they are gone when its event is over. */
export function entriesOf(data: DataTransfer): DroppedEntry[] {
  return [...data.items].flatMap((item) => {
    const entry: unknown = item.kind === "file" ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry as DroppedEntry];
  });
}

/**
 * Every file of the entries and of the folders among them.
 *
 * @param onCount told how many there are so far
 * @throws RangeError when there are more than `FOLDER_FILES_MAX`
 */
export async function filesBelow(
  entries: readonly DroppedEntry[],
  onCount: (count: number) => void,
): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (entry.isFile) {
      found.push({ path: entry.fullPath, file: await fileOf(entry) });
      if (found.length > FOLDER_FILES_MAX) throw new RangeError("too many files");
      onCount(found.length);
    } else {
      waiting.push(...(await childrenOf(entry)));
    }
  }
  return found;
}

const fileOf = (entry: DroppedEntry): Promise<File> =>
  new Promise((resolve, reject) => {
    entry.file?.(resolve, reject);
  });

async function childrenOf(entry: DroppedEntry): Promise<DroppedEntry[]> {
  const reader = entry.createReader?.();
  const children: DroppedEntry[] = [];
  for (;;) {
    const batch = await new Promise<DroppedEntry[]>((resolve, reject) => {
      if (reader) reader.readEntries(resolve, reject);
      else resolve([]);
    });
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}

/** The files of a folder that the page can use, by path; what else lies beside them is left alone. */
export function filesInFolder(found: readonly FoundFile[], endings: readonly string[]): File[] {
  const wanted = found.filter(({ file }) =>
    endings.some((ending) => file.name.toLowerCase().endsWith(ending)),
  );
  return wanted.sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ file }) => file);
}
