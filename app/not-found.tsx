import type { Metadata } from "next";

import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-lg flex-col justify-center">
      <EmptyState
        heading="h1"
        title="This page is not here"
        actions={<LinkButton href="/">Go to the start page</LinkButton>}
      >
        The address may be wrong, or what it led to belongs to another organization.
      </EmptyState>
    </main>
  );
}
