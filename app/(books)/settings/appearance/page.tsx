import type { Metadata } from "next";

import { AppearanceView } from "@/components/settings/appearance-view";
import { pageCtx } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Appearance" };

export default async function AppearancePage() {
  await pageCtx();
  return <AppearanceView />;
}
