import type { ReactNode } from "react";

import { advicePlaces } from "@/components/advice/advice-places";
import { PlaceNav } from "@/components/shell/place-nav";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/session";

export default async function AdviceLayout({ children }: { readonly children: ReactNode }) {
  const { actor } = await pageCtx();
  return (
    <>
      <PageHeader title="Advice" />
      <PlaceNav label="Advice" places={advicePlaces(actor.roles)} />
      {children}
    </>
  );
}
