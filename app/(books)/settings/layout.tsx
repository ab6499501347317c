import type { ReactNode } from "react";

import { PlaceNav } from "@/components/shell/place-nav";
import { PageHeader } from "@/components/ui/page-header";
import { pageCtx } from "@/lib/auth/session";
import { can } from "@/lib/domain/permission";

export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  const { roles } = (await pageCtx()).actor;
  return (
    <>
      <PageHeader title="Settings" />
      <PlaceNav
        label="Settings"
        places={[
          { href: "/settings/organization", label: "Organization" },
          { href: "/settings/catalogue", label: "Catalogue" },
          { href: "/settings/products", label: "Products" },
          { href: "/settings/model-prices", label: "Model prices" },
          { href: "/settings/exchange-rates", label: "Exchange rates" },
          ...(can(roles, "user:read") ? [{ href: "/settings/access", label: "Access" }] : []),
          ...(can(roles, "sign_in:write") ? [{ href: "/settings/sign-in", label: "Sign-in" }] : []),
          ...(can(roles, "audit:read") ? [{ href: "/settings/audit", label: "Audit trail" }] : []),
          ...(can(roles, "message:read") ? [{ href: "/settings/messages", label: "Messages" }] : []),
          ...(can(roles, "webhook:use") ? [{ href: "/settings/webhooks", label: "Webhooks" }] : []),
          { href: "/settings/account", label: "Your account" },
          { href: "/settings/sessions", label: "Sessions" },
          { href: "/settings/tokens", label: "API tokens" },
          ...(can(roles, "demo:use") ? [{ href: "/settings/demo-data", label: "Demo data" }] : []),
          { href: "/settings/appearance", label: "Appearance" },
        ]}
      />
      {children}
    </>
  );
}
