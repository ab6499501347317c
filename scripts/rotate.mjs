// Gives the secrets in the database another key. Told how to seal them anew, so that it needs no database itself.
import { readFileSync, rmSync, writeFileSync } from "node:fs";

import { keyFile, newSealKey, readKeys, writeKeys } from "./places.mjs";
import { isAlive } from "./postgres.mjs";

/** Longer than whoever read the keys before the new one was there may take to save what they sealed. */
const SETTLE_MS = 60_000;

/**
 * Adds a key, seals everything anew, and takes the older keys away once nothing is left under them. Where it was ended
 * midway, the next run goes on with the key that the first one added.
 *
 * @param reseal seals what is not under the newest key, and tells how much that was
 * @returns how much was sealed anew, and which keys are gone
 */
export async function rotateKeys(reseal, { file = keyFile(), settleMs = SETTLE_MS } = {}) {
  const release = takeTurn(`${file}.rotating`);
  try {
    const keys = readKeys(file);
    if (keys.sealKeys.length === 1) writeKeys({ ...keys, sealKeys: [...keys.sealKeys, newSealKey()] }, file);
    let resealed = 0;
    for (;;) {
      const before = await reseal();
      await new Promise((resolve) => setTimeout(resolve, settleMs));
      const meanwhile = await reseal();
      resealed += before + meanwhile;
      if (meanwhile === 0) break;
    }
    const now = readKeys(file);
    writeKeys({ ...now, sealKeys: now.sealKeys.slice(-1) }, file);
    return { resealed, retired: now.sealKeys.slice(0, -1).map(({ id }) => id) };
  } finally {
    release();
  }
}

/** Of two rotations at once, one would take away the key that the other seals with. */
function takeTurn(lock) {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx", mode: 0o600 });
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const pid = Number(readFileSync(lock, "utf8"));
      if (isAlive(pid) && pid !== process.pid)
        throw new Error(`Process ${pid} rotates the keys already, or ${lock} is left of it.`);
      rmSync(lock, { force: true });
    }
  }
}
