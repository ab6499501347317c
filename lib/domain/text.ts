/**
 * Whether text can be kept and given back byte for byte: no control characters but tab and line breaks, no NUL, no
 * lone surrogates (a database replaces them silently). Right-to-left text and its marks stay; screens isolate them.
 */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !CONTROL_CHARACTERS.test(text);
}

/**
 * The same text with memory of its own. A cell that was cut out of a file keeps the whole stretch in memory that it was
 * cut out of; whatever outlives its row is detached first.
 */
export const detached = (text: string): string => text.split("").join("");

const CONTROL_CHARACTERS = /[^\P{Cc}\t\n\r]/u;
