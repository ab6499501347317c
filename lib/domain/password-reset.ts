/** How long the link in the mail works. */
export const RESET_MINUTES = 30;

/** How often an hour somebody is mailed who forgot their password, however often it is said of them. */
export const RESETS_PER_HOUR_MAX = 3;

/** How many addresses somebody may say it of from one network within a quarter of an hour. */
export const RESETS_PER_NETWORK_MAX = 20;

/** Requests are forgotten after so long. */
export const RESET_KEPT_HOURS = 24;

/** What somebody is told who forgot their password. */
export function resetMail({ name, link }: { readonly name: string; readonly link: string }): {
  readonly subject: string;
  readonly text: string;
} {
  return {
    subject: "A new password for Twoline",
    text: [
      `${name.replace(/\s+/g, " ")}, somebody said that you forgot your password.`,
      link,
      `The link works once, for ${RESET_MINUTES} minutes. With it you choose another password, and are signed out everywhere.`,
      "If it was not you, do nothing: your password stays as it is.",
    ].join("\n\n"),
  };
}
