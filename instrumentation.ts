import type { Instrumentation } from "next";

/** Runs once as a server starts: with settings that sign-in cannot stand on, it says what is wrong and ends. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { faultsOfSettings } = await import("@/lib/domain/session-secret");
  const faults = faultsOfSettings(process.env);
  if (faults.length === 0) return;
  for (const fault of faults) console.error(fault);
  process.exit(1);
}

/** A page that failed is logged under the reference that its reader sees. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { log } = await import("@/lib/http/log");
  const digest = (error as { digest?: string }).digest;
  log.error(
    { err: error, reference: digest, method: request.method, page: context.routePath },
    "page failed",
  );
};
