/** A field to look for: its place among what is asked for, and the fields of the object that it may be. */
type Field = { readonly name: string; readonly place: number; readonly inner: readonly Field[] };

/** Fields to look for, made ready once for many texts. */
export type Fields = { readonly count: number; readonly fields: readonly Field[] };

/**
 * @param paths names of fields, joined by points, each behind the one that it is inside of: "message", "message.id";
 * plain, without anything that JSON escapes
 */
export function fieldsAt(paths: readonly string[]): Fields {
  const inside = (path: string): Field[] =>
    paths.flatMap((each, place) => {
      const name = each.slice(path.length);
      if (!each.startsWith(path) || name.includes(".")) return [];
      return [{ name, place, inner: inside(`${each}.`) }];
    });
  return { count: paths.length, fields: inside("") };
}

/**
 * Where the values of some fields stand in a JSON text, in one pass and without parsing what lies between them: a line of a
 * log is mostly what people and tools said, and of that nothing is wanted.
 *
 * @param text of which only the balance of quotes and brackets is checked
 * @param from where the object begins, or space before it
 * @param to where the object has to have ended
 * @returns two numbers for each path, where its value begins and where it ends, of the last where a name comes twice, -1
 * where there is none; null when no whole object stands there
 */
export function jsonFields(
  text: string,
  from: number,
  to: number,
  { count, fields }: Fields,
): number[] | null {
  const start = afterSpace(text, from, to);
  if (text.charCodeAt(start) !== OPEN_BRACE) return null;
  const found = new Array<number>(2 * count).fill(-1);
  return afterObject(text, start, to, fields, found) === -1 ? null : found;
}

/** The place behind the object that begins here, whose fields are noted; -1 when it is none or does not end. */
function afterObject(
  text: string,
  from: number,
  to: number,
  fields: readonly Field[],
  found: number[],
): number {
  let at = afterSpace(text, from + 1, to);
  if (text.charCodeAt(at) === CLOSE_BRACE) return at < to ? at + 1 : -1;
  while (at < to && text.charCodeAt(at) === QUOTE) {
    const keyEnd = afterName(text, at, to);
    if (keyEnd === -1) return -1;
    const field = fieldAt(text, at + 1, keyEnd - 1, fields);
    at = afterSpace(text, keyEnd, to);
    if (text.charCodeAt(at) !== COLON) return -1;
    const start = afterSpace(text, at + 1, to);
    const end = field ? afterField(text, start, to, field, found) : afterValue(text, start, to);
    if (end === -1) return -1;
    at = afterSpace(text, end, to);
    const sign = text.charCodeAt(at);
    if (sign === CLOSE_BRACE) return at < to ? at + 1 : -1;
    if (sign !== COMMA) return -1;
    at = afterSpace(text, at + 1, to);
  }
  return -1;
}

function afterField(text: string, start: number, to: number, field: Field, found: number[]): number {
  const { place, inner } = field;
  if (found[2 * place] !== -1) forget(field, found);
  const end =
    inner.length > 0 && text.charCodeAt(start) === OPEN_BRACE
      ? afterObject(text, start, to, inner, found)
      : afterValue(text, start, to);
  found[2 * place] = start;
  found[2 * place + 1] = end;
  return end;
}

/** Of a name that comes twice the last counts, with all that is in it. */
function forget({ place, inner }: Field, found: number[]): void {
  found[2 * place] = -1;
  found[2 * place + 1] = -1;
  for (const field of inner) forget(field, found);
}

/** The place behind the name that begins here. Names are short: looking at each sign is quicker than a search. */
function afterName(text: string, from: number, to: number): number {
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) return afterString(text, from, to);
  }
  return -1;
}

function isAt(text: string, start: number, name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    if (text.charCodeAt(start + index) !== name.charCodeAt(index)) return false;
  }
  return true;
}

/** Which of the fields is named there. */
function fieldAt(text: string, start: number, end: number, fields: readonly Field[]): Field | null {
  for (const field of fields) {
    if (field.name.length === end - start && isAt(text, start, field.name)) return field;
  }
  return null;
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
