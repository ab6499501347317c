import type { Metadata } from "next";

import { NewPasswordForm } from "@/components/entry/new-password-form";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { previewReset } from "@/lib/password-resets/service";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

export default async function NewPasswordPage({ params }: PageProps<"/new-password/[token]">) {
  const { token } = await params;
  const reset = await previewReset(token, new Date());
  if (reset) return <NewPasswordForm token={token} email={reset.email} />;
  return (
    <div>
      <ErrorState heading="h1" title="This link is no longer valid">
        It was used, or is too old.
      </ErrorState>
      <div className="text-center">
        <LinkButton href="/forgot-password">Ask for a new one</LinkButton>
      </div>
    </div>
  );
}
