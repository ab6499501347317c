/** Runs once as a server starts: with settings that sign-in cannot stand on, it says what is wrong and ends. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { faultsOfSettings } = await import("@/lib/domain/session-secret");
  const faults = faultsOfSettings(process.env);
  if (faults.length === 0) return;
  for (const fault of faults) console.error(fault);
  process.exit(1);
}
