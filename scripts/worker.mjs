// What runs unattended: takes the files that wait, one after the other, and sends the messages and webhooks that are due,
// in a process of its own, so that no page waits for them. Told where the database is; ends with the process that started it.
import "./typescript.mjs";

const { workOnNextImport } = await import("../lib/jobs/imports.ts");
const { keepAuditHeads } = await import("../lib/jobs/audit-heads.ts");
const { sendNextInvitation } = await import("../lib/jobs/invitations.ts");
const { findMisuseEverywhere } = await import("../lib/jobs/findings.ts");
const { remindOfInvoices } = await import("../lib/jobs/reminders.ts");
const { sendNextMessage } = await import("../lib/jobs/messages.ts");
const { sendNextReset } = await import("../lib/jobs/password-resets.ts");
const { sendNextDelivery } = await import("../lib/jobs/webhooks.ts");
const { removeNextOrganization } = await import("../lib/jobs/removals.ts");

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

// Beside the files and each other, so that neither a large one nor a slow server holds the others up.
const sending = [sendNextReset, sendNextInvitation, sendNextMessage, sendNextDelivery, removeNext].map(
  sendAll,
);
let hourlyDue = 0;
while (!stopping) {
  if (Date.now() >= hourlyDue) {
    hourlyDue = Date.now() + HOUR_MS;
    await keepAuditHeads(new Date(), report).catch(report);
    await remindOfInvoices(new Date(), report).catch(report);
    await findMisuseEverywhere(new Date(), report).catch(report);
  }
  const worked = await workOnNextImport(report).catch((error) => {
    report(error);
    return null;
  });
  if (worked !== true) await sleep(worked === null ? TROUBLE_MS : IDLE_MS);
}
await Promise.all(sending);
process.exit(0);

async function sendAll(sendNext) {
  while (!stopping) {
    const sent = await sendNext(report).catch((error) => {
      report(error);
      return false;
    });
    if (!sent) await sleep(MAIL_IDLE_MS);
  }
}

/** All that remains of an organization: a line without a name. */
function removeNext() {
  return removeNextOrganization((removed) =>
    console.log(
      JSON.stringify({
        level: "info",
        time: new Date().toISOString(),
        ...removed,
        msg: "organization removed",
      }),
    ),
  );
}

function report(error) {
  console.error(`worker: ${error?.message ?? error}`);
}

function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
