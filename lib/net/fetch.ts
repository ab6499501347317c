import "server-only";

import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Readable } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

import { lookupOf, RefusedAddress } from "@/lib/net/lookup";
import { checkOutsideUrl } from "@/lib/net/outside-url";

/** For all of it: the name, the connection, the question and the whole answer. */
const ANSWER_MS_MAX = 10_000;
const ANSWER_BYTES_MAX = 1_000_000;
const HEADER_BYTES_MAX = 16_384;

export type OutsideRequest = {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type OutsideAnswer = { readonly status: number; readonly body: Buffer };

/**
 * Asks an outside address one question. It follows no redirect, so that nothing leads from a public address to a private
 * one; waits 10 seconds in all; and reads 1 MB at most, however small it came packed.
 *
 * @returns what the other side said, which is for programs: no person is ever shown it
 * @throws DomainError when the address is no outside one; Error whose words are ours when it gives no proper answer
 */
export async function fetchOutside(
  { url, method, headers, body }: OutsideRequest,
  answerMsMax = ANSWER_MS_MAX,
): Promise<OutsideAnswer> {
  const checked = checkOutsideUrl(url);
  const signal = AbortSignal.timeout(answerMsMax);
  const request = checked.protocol === "https:" ? requestHttps : requestHttp;
  return await new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(inOurWords(error, signal));
    const asked = request(checked, {
      method,
      headers: { "accept-encoding": "identity", "user-agent": "Twoline", ...headers },
      lookup: lookupOf(checked),
      // No connection is kept: the next question looks its name up, and has it checked, anew.
      agent: false,
      maxHeaderSize: HEADER_BYTES_MAX,
      signal,
    });
    asked.on("error", fail);
    asked.on("upgrade", (_, socket) => {
      socket.destroy();
      fail(new Error("another protocol"));
    });
    asked.on("response", (answer) => {
      readAll(answer)
        .then((read) => resolve({ status: answer.statusCode ?? 0, body: read }))
        .catch(fail)
        .finally(() => asked.destroy());
    });
    asked.end(body);
  });
}

class TooLarge extends Error {}

async function readAll(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of unpacked(answer)) {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function unpacked(answer: IncomingMessage): Readable {
  const packing = answer.headers["content-encoding"] ?? "identity";
  const unpack = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress }[packing];
  if (unpack === undefined) return answer;
  const stream = unpack();
  answer.on("error", (error) => stream.destroy(error));
  return answer.pipe(stream);
}

/** What an asker may know: an error of the network's or of the other side's making may hold anything. */
function inOurWords(error: unknown, signal: AbortSignal): Error {
  if (signal.aborted) return new Error("It did not answer in time.");
  if (error instanceof RefusedAddress) return new Error(`It was not asked: ${error.message}.`);
  if (error instanceof TooLarge) return new Error("Its answer is larger than 1 MB.");
  const { code = "" } = error as { code?: string };
  return new Error(
    `It could not be asked (${/^[A-Z][A-Z0-9_]{2,50}$/.test(code) ? code : "no proper answer"}).`,
  );
}
