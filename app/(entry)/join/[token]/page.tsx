import type { Metadata } from "next";

import { JoinForm } from "@/components/entry/join-form";
import { ErrorState } from "@/components/ui/error-state";
import { previewInvitation } from "@/lib/invitations/acceptance";

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

export default async function JoinPage({ params }: PageProps<"/join/[token]">) {
  const { token } = await params;
  const invitation = await previewInvitation(token, new Date());
  if (!invitation) {
    return (
      <ErrorState heading="h1" title="This link is no longer valid">
        It was used, taken back, or is too old. Ask for a new one.
      </ErrorState>
    );
  }
  return <JoinForm token={token} invitation={invitation} />;
}
