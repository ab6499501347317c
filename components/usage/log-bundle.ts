const LOG = /\.jsonl$/i;

/**
 * The uploads that files become: logs of Claude Code, one file for each session, as one upload, so that whose they are
 * is asked once; every other file by itself. The bytes are joined when they are sent, not before.
 */
export function uploadsOf(files: readonly File[]): File[] {
  const logs = files.filter(({ name }) => LOG.test(name));
  const [first] = logs;
  if (first === undefined || logs.length === 1) return [...files];
  // A log may end without an end of line, and an empty line is none.
  const parts = logs.flatMap((log) => [log, "\n"]);
  const bundle = new File(parts, `${logs.length} Claude Code logs.jsonl`, { type: first.type });
  return files.flatMap((file) => {
    if (file === first) return [bundle];
    return LOG.test(file.name) ? [] : [file];
  });
}
