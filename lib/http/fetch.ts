import type { Problem } from "@/lib/http/problem";

/** A refusal by our own API, as the browser sees it. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

type Change = {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** The version that was read, sent as If-Match. */
  readonly version?: number;
  /** One key per intention, so that a retry after a lost answer does not do it twice. */
  readonly idempotencyKey?: string;
};

/** Reads JSON from our own API. @throws ApiError */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return await answerOf<T>(
    await fetch(path, { headers: { Accept: "application/json" }, ...(signal && { signal }) }),
  );
}

/** The closed months that a change is about, and where it would count instead. */
export type AskedCorrection = NonNullable<Problem["correction"]>;

let askCorrection: ((asked: AskedCorrection) => Promise<boolean>) | null = null;

/** Who is asked whether a change of closed months shall be a correction. Answers how to be asked no more. */
export function askCorrectionsBy(ask: (asked: AskedCorrection) => Promise<boolean>): () => void {
  askCorrection = ask;
  return () => {
    if (askCorrection === ask) askCorrection = null;
  };
}

let askProof: (() => Promise<boolean>) | null = null;
let proving: Promise<boolean> | null = null;

/** Who is asked to prove once more who they are. Answers how to be asked no more. */
export function askProofBy(ask: () => Promise<boolean>): () => void {
  askProof = ask;
  return () => {
    if (askProof === ask) askProof = null;
  };
}

/** Whoever asks for what wants a fresh sign-in proves who they are, and asks again. */
async function askingForProof<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const wanted = error instanceof ApiError && error.problem.code === "fresh_sign_in_required";
    if (!wanted || !askProof) throw error;
    // Of several changes at once, the first asks for all.
    proving ??= askProof().finally(() => {
      proving = null;
    });
    if (await proving) return await change();
    throw error;
  }
}

/**
 * Asks our own API for a change. Where closed months stand against it, whoever makes it is asked, and it goes out once
 * more as a correction; where it takes a fresh sign-in, it goes out again after that.
 *
 * @throws ApiError
 */
export function sendJson<T>(path: string, change: Change): Promise<T> {
  return askingForCorrections(
    () => askingForProof(() => send<T>(path, change)),
    () =>
      change.method === "DELETE"
        ? send<T>(correctingPath(path), change)
        : send<T>(path, { ...change, body: { ...(change.body as object), closedMonths: "correct" } }),
  );
}

async function askingForCorrections<T>(change: () => Promise<T>, correct: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const asked = error instanceof ApiError ? error.problem.correction : undefined;
    if (asked && askCorrection && (await askCorrection(asked))) return await correct();
    throw error;
  }
}

const correctingPath = (path: string) => `${path}${path.includes("?") ? "&" : "?"}closedMonths=correct`;

async function send<T>(path: string, { method, body, version, idempotencyKey }: Change): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (idempotencyKey !== undefined) headers["Idempotency-Key"] = idempotencyKey;
  return await answerOf<T>(
    await fetch(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
}

/** Reads a file from our own API, which may take a fresh sign-in as a change does. @throws ApiError */
export function getFile(path: string): Promise<Blob> {
  return askingForProof(async () => {
    const response = await fetch(path);
    return response.ok ? await response.blob() : await answerOf<Blob>(response);
  });
}

/** Sends a file as the body of a request; asks as `sendJson` does. @throws ApiError */
export function sendFile<T>(path: string, file: Blob): Promise<T> {
  const headers = { Accept: "application/json", "Content-Type": file.type || "application/octet-stream" };
  const sendTo = async (place: string) =>
    await answerOf<T>(await fetch(place, { method: "POST", headers, body: file }));
  return askingForCorrections(
    () => askingForProof(() => sendTo(path)),
    () => sendTo(correctingPath(path)),
  );
}

async function answerOf<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  leadToSecondFactor((body as Problem | null)?.code);
  throw new ApiError(
    (body as Problem | null) ?? {
      type: "about:blank",
      title: "No answer",
      status: response.status,
      detail: "The server gave no answer that could be read. Try again.",
      code: "internal",
    },
  );
}

/** An open page whose person has to show more, since the organization asks it from now on, goes where that is done. */
function leadToSecondFactor(code: Problem["code"] | undefined): void {
  const asked = code === "second_factor_required" || code === "second_factor_missing";
  if (asked && window.location.pathname !== "/second-factor") window.location.assign("/second-factor");
}
