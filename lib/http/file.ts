import "server-only";

import { Readable } from "node:stream";

type FileAnswer = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array<ArrayBuffer>;
};

/** A file that somebody put into the books: to be saved, never to be run or shown inside our own site. */
export const file = ({ fileName, mediaType, content }: FileAnswer): Response =>
  new Response(content, {
    headers: {
      "Cache-Control": "private, no-store",
      "Content-Type": mediaType,
      "Content-Length": String(content.byteLength),
      "Content-Disposition": contentDisposition(fileName),
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    },
  });

/** An archive that is made while it is sent. */
export const zipFile = ({
  fileName,
  content,
}: {
  readonly fileName: string;
  readonly content: Readable;
}): Response =>
  new Response(Readable.toWeb(content) as ReadableStream, {
    headers: {
      "Cache-Control": "private, no-store",
      "Content-Type": "application/zip",
      "Content-Disposition": contentDisposition(fileName),
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "X-Content-Type-Options": "nosniff",
    },
  });

/** RFC 6266: a plain name for old programs, and the true one in UTF-8. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  const utf8 = encodeURIComponent(fileName).replace(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${utf8}`;
}
