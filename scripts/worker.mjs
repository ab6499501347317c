// What runs unattended: takes the files that wait, one after the other, in a process of its own, so that no page waits
// for them. Told where the database is; ends with the process that started it.
import "./typescript.mjs";

const { workOnNextImport } = await import("../lib/jobs/imports.ts");
const { keepAuditHeads } = await import("../lib/jobs/audit-heads.ts");

const IDLE_MS = 250;
const TROUBLE_MS = 2_000;
const HOUR_MS = 3_600_000;
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    stopping = true;
  });
}
// The supervisor may be killed without a chance to say so.
process.on("disconnect", () => process.exit(0));

let headsDue = 0;
while (!stopping) {
  if (Date.now() >= headsDue) {
    headsDue = Date.now() + HOUR_MS;
    await keepAuditHeads(new Date(), report).catch(report);
  }
  const worked = await workOnNextImport(report).catch((error) => {
    report(error);
    return null;
  });
  if (worked !== true) await sleep(worked === null ? TROUBLE_MS : IDLE_MS);
}
process.exit(0);

function report(error) {
  console.error(`worker: ${error?.message ?? error}`);
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
