import type { Metadata } from "next";

import { ForgotPasswordForm } from "@/components/entry/forgot-password-form";
import { LinkButton } from "@/components/ui/link-button";
import { sendsMail } from "@/lib/messages/mail";

export const metadata: Metadata = { title: "Forgot password" };

export default function ForgotPasswordPage() {
  if (sendsMail()) return <ForgotPasswordForm />;
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">Forgot password</h1>
      <p>
        No mail goes out from here, so no link can be sent. Whoever runs this server gives you a new password
        on its command line.
      </p>
      <LinkButton href="/sign-in" className="self-start">
        Back to sign in
      </LinkButton>
    </div>
  );
}
