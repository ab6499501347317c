import type { Metadata } from "next";

import { ROUTES } from "@/app/api/v1/openapi.json/routes";
import { ApiReference } from "@/components/api-docs/api-reference";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { describeOperations } from "@/lib/http/openapi";
import { REFUSALS } from "@/lib/http/problem";

export const metadata: Metadata = { title: "Interface" };

export default function ApiDocsPage() {
  const operations = describeOperations(ROUTES);
  const groups = [...Map.groupBy(operations, ({ group }) => group)];
  return (
    <main className="mx-auto w-full max-w-332 px-4 py-6 md:px-6">
      <PageHeader
        title="The HTTP interface"
        note="Below /api/v1, for whoever is signed in. Money is whole minor units and a currency."
        actions={
          <LinkButton href="/api/v1/openapi.json" download="twoline-openapi.json">
            OpenAPI document
          </LinkButton>
        }
      />
      <ApiReference
        groups={groups.map(([name, inGroup]) => ({ name, operations: inGroup }))}
        refusals={REFUSALS}
      />
    </main>
  );
}
