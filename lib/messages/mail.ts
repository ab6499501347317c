import "server-only";

import { createTransport, type Transporter } from "nodemailer";

/** Where mail goes out, if whoever runs the server said so: smtp://user:password@host:port, or smtps. */
const serverUrl = (): string => process.env.SMTP_URL ?? "";

export const sendsMail = (): boolean => serverUrl() !== "";

let known: { readonly url: string; readonly transport: Transporter } | null = null;

function transport(): Transporter {
  const url = serverUrl();
  if (known?.url !== url) {
    known?.transport.close();
    const limits = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
    // A message is text that we wrote: nothing in it names a file or an address to be read.
    known = {
      url,
      transport: createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true }),
    };
  }
  return known.transport;
}

type Mail = {
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
};

/** @throws Error whose words are ours: a mail server's own may hold anything */
export async function sendMail({ id, to, subject, text }: Mail): Promise<void> {
  const from = process.env.SMTP_FROM || `Twoline <twoline@${new URL(serverUrl()).hostname}>`;
  try {
    // The id stays over attempts, so that a mailbox can drop what comes twice after a crash.
    await transport().sendMail({ messageId: `<${id}@twoline>`, from, to, subject, text });
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string };
    throw new Error(
      responseCode
        ? `The mail server refused it (${responseCode}).`
        : `The mail server could not be used (${/^[A-Z]{3,20}$/.test(code ?? "") ? code : "no answer"}).`,
    );
  }
}
