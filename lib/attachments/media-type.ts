/** What kinds of file an invoice may carry, as they are served. */
export const MEDIA_TYPES = {
  pdf: "application/pdf",
  png: "image/png",
  jpeg: "image/jpeg",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  text: "text/plain",
  eml: "message/rfc822",
} as const;
export type MediaType = (typeof MEDIA_TYPES)[keyof typeof MEDIA_TYPES];

const SIGNATURES: readonly (readonly [type: MediaType, bytes: readonly number[]])[] = [
  [MEDIA_TYPES.pdf, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  [MEDIA_TYPES.png, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  [MEDIA_TYPES.jpeg, [0xff, 0xd8, 0xff]],
];
const ZIP_SIGNATURE = [0x50, 0x4b, 0x03, 0x04];

/**
 * What the bytes are, whatever the sender called them; the name only tells text files apart. Null for anything that
 * an invoice does not carry.
 */
export function mediaTypeOf(bytes: Uint8Array, fileName: string): MediaType | null {
  const signed = SIGNATURES.find(([, signature]) => startsWith(bytes, signature));
  if (signed) return signed[0];
  if (startsWith(bytes, ZIP_SIGNATURE)) return isWorkbook(bytes) ? MEDIA_TYPES.xlsx : null;
  return isText(bytes) ? textTypeOf(fileName) : null;
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

/** A workbook is a ZIP archive that names its parts in the clear. */
function isWorkbook(bytes: Uint8Array): boolean {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return archive.includes("[Content_Types].xml") && archive.includes("xl/workbook.xml");
}

/** No control characters but white space: true of UTF-8 and of the older one-byte encodings, of no program. */
function isText(bytes: Uint8Array): boolean {
  return bytes.every(
    (byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d,
  );
}

function textTypeOf(fileName: string): MediaType {
  const extension = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (extension === "csv") return MEDIA_TYPES.csv;
  return extension === "eml" ? MEDIA_TYPES.eml : MEDIA_TYPES.text;
}
