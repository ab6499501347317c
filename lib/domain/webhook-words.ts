type Off = {
  readonly organization: string;
  readonly name: string;
  readonly host: string;
  readonly lastError: string;
  /** Where the books are read. */
  readonly address: string;
};

/** What an owner is told of a webhook that was switched off because nothing reached it. */
export function webhookOffMessage({ organization, name, host, lastError, address }: Off): {
  readonly subject: string;
  readonly text: string;
} {
  const one = (text: string) => text.replace(/\s+/g, " ");
  return {
    subject: `Webhook switched off: ${one(name)}`,
    text: [
      `${organization}. Several alerts in a row did not reach the webhook ${one(name)} at ${host}, so it is off.`,
      `At last: ${lastError}`,
      `See what it missed, and switch it on again: ${address}/settings/webhooks`,
    ].join("\n"),
  };
}
