import "server-only";

import { availableParallelism } from "node:os";

import { DomainError } from "@/lib/domain/errors";

/** How much work that keeps a processor busy leaves one to all else, and its memory within bounds. */
export const SPARING_ONE = Math.min(4, Math.max(1, availableParallelism() - 1));

type Limits = { readonly atOnce: number; readonly waitingMax: number };

/**
 * Lets so much work through at once, keeps so much waiting in its order, and sends the rest away at once, so that a
 * flood of one kind of work leaves processors, memory and connections to all others.
 */
export function aGate({ atOnce, waitingMax }: Limits): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atOnce) running++;
    else if (waiting.length < waitingMax) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw new DomainError("busy", "Many are signing in right now. Try again.", { retryAfterSeconds: 1 });
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
