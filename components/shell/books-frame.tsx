"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";

import type { FrameAccount } from "@/components/shell/account-menu";
import { AppFrame } from "@/components/shell/app-frame";
import { CorrectionQuestion } from "@/components/shell/correction-question";
import type { NavigationKey } from "@/components/shell/navigation";
import type { FrameOrganization } from "@/components/shell/organization-menu";
import { ProofQuestion } from "@/components/shell/proof-question";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/link-button";
import { useToast } from "@/components/ui/toast";
import type { Month } from "@/lib/domain/month";
import { sendJson } from "@/lib/http/fetch";

type BooksFrameProps = {
  readonly organization: FrameOrganization;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly account: FrameAccount;
  readonly currentMonth: Month;
  readonly hiddenPages: readonly NavigationKey[];
  readonly demo: boolean;
  readonly children: ReactNode;
};

/** The frame with what it takes to leave: for another organization, or for good. */
export function BooksFrame({ demo, children, ...frame }: BooksFrameProps) {
  const router = useRouter();
  const toast = useToast();

  // A full load, so that nothing of the one stays in the browser's memory for the other.
  const leaveFor = (href: string, change: Promise<unknown>) =>
    change.then(
      () => window.location.assign(href),
      (error: Error) => {
        toast({ title: error.message, tone: "danger" });
        router.refresh();
      },
    );

  return (
    <AppFrame
      {...frame}
      onSwitchOrganization={(organizationId) =>
        leaveFor("/budget", sendJson("/api/v1/session", { method: "PUT", body: { organizationId } }))
      }
      onSignOut={() => leaveFor("/sign-in", sendJson("/api/v1/session", { method: "DELETE" }))}
      {...(demo && { banner: <DemoBanner /> })}
    >
      {children}
      <CorrectionQuestion />
      <ProofQuestion />
    </AppFrame>
  );
}

function DemoBanner() {
  return (
    <Banner
      tone="neutral"
      title="These are made-up books to look around in."
      actions={
        <LinkButton href="/settings/demo-data" size="small">
          Remove them
        </LinkButton>
      }
    />
  );
}
