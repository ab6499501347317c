// What runs unattended: takes the files that wait, one after the other, and sends the messages that are due, in a process
// of its own, so that no page waits for them. Told where the database is; ends with the process that started it.
import "./typescript.mjs";

const { workOnNextImport } = await import("../lib/jobs/imports.ts");
const { keepAuditHeads } = await import("../lib/jobs/audit-heads.ts");
const { sendNextMessage } = await import("../lib/jobs/messages.ts");

const IDLE_MS = 250;
const MAIL_IDLE_MS = 2_000;
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

// Beside the files, so that neither a large one nor a slow mail server holds the other up.
const sending = sendMessages();
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
await sending;
process.exit(0);

async function sendMessages() {
  while (!stopping) {
    const sent = await sendNextMessage(report).catch((error) => {
      report(error);
      return false;
    });
    if (!sent) await sleep(MAIL_IDLE_MS);
  }
}

function report(error) {
  console.error(`worker: ${error?.message ?? error}`);
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
