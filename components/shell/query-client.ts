import { QueryClient } from "@tanstack/react-query";

const STALE_MS = 30_000;
const RETRY_DELAY_MAX_MS = 15_000;

/** A client of one browser tab: what it holds belongs to one person and one organization. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // A lost connection is waited out, however long; an answer that says no will say no again.
        retry: (failures, error) => isConnectionError(error) || (statusOf(error) === null && failures < 1),
        retryDelay: (failures) => Math.min(1_000 * 2 ** failures, RETRY_DELAY_MAX_MS),
      },
    },
  });
}

/** Whether the request never got an answer from the application: no network, or nobody behind the proxy. */
export function isConnectionError(error: unknown): boolean {
  const status = statusOf(error);
  return error instanceof TypeError || (status !== null && [502, 503, 504].includes(status));
}

/** The HTTP status of a refusal that our API explained, by the shape that every such error has. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("problem" in error)) return null;
  const { problem } = error;
  if (typeof problem !== "object" || problem === null || !("status" in problem)) return null;
  return typeof problem.status === "number" ? problem.status : null;
}
