/**
 * Where the values of some fields stand in a JSON text, without parsing what lies between them: a line of a log is mostly
 * what people and tools said, and of that nothing is wanted.
 *
 * @param text of which only the balance of quotes and brackets is checked
 * @param from where the object begins, or space before it
 * @param to where the object has to have ended
 * @param names fields of the object itself, not of what is inside it; plain, without anything that JSON escapes
 * @returns two numbers for each name, where its value begins and where it ends, of the last where a name comes twice, -1
 * where there is none; null when no whole object stands there
 */
export function jsonFields(
  text: string,
  from: number,
  to: number,
  names: readonly string[],
): number[] | null {
  let at = afterSpace(text, from, to);
  if (text.charCodeAt(at) !== OPEN_BRACE) return null;
  const found = new Array<number>(2 * names.length).fill(-1);
  at = afterSpace(text, at + 1, to);
  if (text.charCodeAt(at) === CLOSE_BRACE) return at < to ? found : null;
  while (at < to && text.charCodeAt(at) === QUOTE) {
    const keyEnd = afterString(text, at, to);
    if (keyEnd === -1) return null;
    const name = nameAt(text, at + 1, keyEnd - 1, names);
    at = afterSpace(text, keyEnd, to);
    if (text.charCodeAt(at) !== COLON) return null;
    const start = afterSpace(text, at + 1, to);
    const end = afterValue(text, start, to);
    if (end === -1) return null;
    if (name !== -1) {
      found[2 * name] = start;
      found[2 * name + 1] = end;
    }
    at = afterSpace(text, end, to);
    const sign = text.charCodeAt(at);
    if (sign === CLOSE_BRACE) return at < to ? found : null;
    if (sign !== COMMA) return null;
    at = afterSpace(text, at + 1, to);
  }
  return null;
}

/** Which of the names stands there; -1: none of them. */
function nameAt(text: string, start: number, end: number, names: readonly string[]): number {
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    if (name.length === end - start && text.startsWith(name, start)) return index;
  }
  return -1;
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

function afterSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** The place behind the string that begins here; -1 when it does not end. */
function afterString(text: string, from: number, to: number): number {
  for (let at = from + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1 || at >= to) return -1;
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
}

function afterValue(text: string, from: number, to: number): number {
  const first = text.charCodeAt(from);
  if (first === QUOTE) return afterString(text, from, to);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return afterNested(text, from, to);
  let at = from;
  // A number, true, false or null ends where the next sign, or the text, does.
  while (at < to && !isSign(text.charCodeAt(at))) at++;
  return at === from ? -1 : at;
}

function afterNested(text: string, from: number, to: number): number {
  let depth = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = afterString(text, at, to) - 1;
      if (at < 0) return -1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

const isSign = (code: number): boolean =>
  code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET || code <= 32;
