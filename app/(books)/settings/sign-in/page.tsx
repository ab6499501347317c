import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { SecondFactorPolicy } from "@/components/settings/second-factor-policy";
import { SignInView } from "@/components/settings/sign-in-view";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";
import { readPolicy } from "@/lib/second-factor/policy";
import { policyQuery } from "@/lib/second-factor/queries";
import { connectionsQuery } from "@/lib/single-sign-on/queries";
import { listConnections } from "@/lib/single-sign-on/service";

export const metadata: Metadata = { title: "Sign-in" };

export default async function SignInSettingsPage() {
  const ctx = await pageCtx();
  if (!can(ctx.actor.roles, "sign_in:write")) notFound();
  const client = new QueryClient();
  await client.fetchQuery({ ...connectionsQuery(), queryFn: async () => (await listConnections(ctx)).data });
  await client.fetchQuery({ ...policyQuery(), queryFn: () => readPolicy(ctx) });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SignInView />
      <SecondFactorPolicy />
    </HydrationBoundary>
  );
}
