/**
 * Whether text can be kept and given back byte for byte: no control characters but tab and line breaks, no NUL, no
 * lone surrogates (a database replaces them silently). Right-to-left text and its marks stay; screens isolate them.
 */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTERS.test(text);
}

/** The text without what cannot be kept, for a name that a machine wrote and nobody can mend. */
export const keepable = (text: string): string =>
  isCleanText(text) ? text : text.toWellFormed().replace(new RegExp(CONTROL_CHARACTERS, "gu"), "");

/**
 * The same text with memory of its own. A cell that was cut out of a file keeps the whole stretch in memory that it was
 * cut out of; whatever outlives its row is detached first.
 */
export const detached = (text: string): string => text.split("").join("");

const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r]/u;
