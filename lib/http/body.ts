import "server-only";

import { DomainError } from "@/lib/domain/errors";

/** Largest JSON body; 500 charges with long descriptions take a third of it. */
export const JSON_BYTES_MAX = 1_000_000;

/**
 * The bytes of a request, read only as far as the limit allows, so that a huge body costs nothing.
 *
 * @throws DomainError `payload_too_large`; `invalid_input` when fewer bytes came than were announced
 */
export async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  if (announced > bytesMax) throw tooLarge(bytesMax);

  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > bytesMax) {
      await reader.cancel();
      throw tooLarge(bytesMax);
    }
    chunks.push(value);
  }
  if (Number.isFinite(announced) && size !== announced) {
    throw new DomainError("invalid_input", "The body ended before all of it arrived. Send it again.");
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** The bytes of a request as they come, with how many were announced, for a service that keeps them as it goes. */
export function bytesOf(request: Request): { bytes: AsyncIterable<Uint8Array>; announced: number | null } {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN);
  return { bytes: streamOf(request), announced: Number.isFinite(announced) ? announced : null };
}

async function* streamOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

function tooLarge(bytesMax: number): DomainError {
  return new DomainError("payload_too_large", `Send at most ${bytesMax.toLocaleString("en")} bytes.`);
}

/**
 * The fields of a JSON body.
 *
 * @throws DomainError `wrong_media_type`, `payload_too_large`, `invalid_input`
 */
export async function readBody(request: Request): Promise<{ text: string; json: object }> {
  const hasBody = request.body !== null && request.headers.get("content-length") !== "0";
  if (!hasBody) return { text: "", json: {} };
  // A browser cannot send JSON to another site without asking it first, so this also keeps foreign forms out.
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get("content-type") ?? "")) {
    throw new DomainError("wrong_media_type", "Send the fields as application/json.");
  }
  const bytes = await readBytes(request, JSON_BYTES_MAX);
  const text = decode(bytes);
  const json = parse(text);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new DomainError("invalid_input", "Send one JSON object.");
  }
  return { text, json };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError("invalid_input", "The body is not UTF-8.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError("invalid_input", "The body is not JSON.");
  }
}
