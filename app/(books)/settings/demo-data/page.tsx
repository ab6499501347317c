import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { DemoDataView } from "@/components/settings/demo-data-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";

export const metadata: Metadata = { title: "Demo data" };

export default async function DemoDataPage() {
  const { organization, actor } = await pageCtx();
  if (!can(actor.roles, "demo:use")) notFound();
  return <DemoDataView inDemo={organization.demo} />;
}
