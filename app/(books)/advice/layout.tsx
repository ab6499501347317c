import type { ReactNode } from "react";

import { ADVICE_PLACES } from "@/components/advice/advice-places";
import { PlaceNav } from "@/components/shell/place-nav";
import { PageHeader } from "@/components/ui/page-header";

export default function AdviceLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <PageHeader title="Advice" />
      <PlaceNav label="Advice" places={ADVICE_PLACES} />
      {children}
    </>
  );
}
