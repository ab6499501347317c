import { QueryClient } from "@tanstack/react-query";

const STALE_MS = 30_000;
const RETRY_DELAY_MAX_MS = 15_000;
const FAILURES_MAX = 1;

/** A client of one browser tab: what it holds belongs to one person and one organization. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // A lost connection is waited out, however long; an answer that says no will say no again.
        retry: (failures, error) =>
          isConnectionError(error) || (!hasStatus(error) && failures < FAILURES_MAX),
        retryDelay: (failures) => Math.min(1_000 * 2 ** failures, RETRY_DELAY_MAX_MS),
      },
    },
  });
}

/** Whether the request never got an answer from the application: no network, or nobody behind the proxy. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError || (hasStatus(error) && [502, 503, 504].includes(error.status));
}

function hasStatus(error: unknown): error is { readonly status: number } {
  return typeof error === "object" && error !== null && "status" in error && typeof error.status === "number";
}
