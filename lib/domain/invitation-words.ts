import { instantText } from "./date-text";

type Invited = {
  readonly organization: string;
  /** Whoever invites; null when they are gone. */
  readonly inviter: string | null;
  readonly link: string;
  readonly expiresAt: string;
};

const onOneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** What somebody is told who is invited. */
export function invitationMail({ organization, inviter, link, expiresAt }: Invited): {
  readonly subject: string;
  readonly text: string;
} {
  const books = onOneLine(organization);
  const who = inviter === null ? "You are invited" : `${onOneLine(inviter)} invites you`;
  return {
    subject: `Join ${books} in Twoline`,
    text: [
      `${who} to the books of ${books}.`,
      link,
      `The link works once, until ${instantText(expiresAt)}. Whoever has it can use it: do not pass it on.`,
      "If you did not expect this, do nothing.",
    ].join("\n\n"),
  };
}
