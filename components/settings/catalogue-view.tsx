"use client";

import { useQuery } from "@tanstack/react-query";

import { CatalogueTable } from "@/components/settings/catalogue-table";
import { PlanForm } from "@/components/settings/plan-form";
import { PlanSheet } from "@/components/settings/plan-sheet";
import { ProviderForm } from "@/components/settings/provider-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { ToolTable } from "@/components/settings/tool-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { plansQuery, serviceProvidersQuery, toolsQuery } from "@/lib/catalogue/queries";
import type { Plan, ServiceProvider } from "@/lib/catalogue/schema";

type CatalogueViewProps = { readonly mayWrite: boolean; readonly baseCurrency: string };

/** What providers sell per seat and at which list price, and the tools that spend. */
export function CatalogueView(props: CatalogueViewProps) {
  const providers = useQuery(serviceProvidersQuery());
  const plans = useQuery(plansQuery());
  const tools = useQuery(toolsQuery());
  const failed = [providers, plans, tools].find((query) => query.isError);
  if (failed) {
    return (
      <ErrorState title="The catalogue could not be read" onRetry={() => failed.refetch()}>
        {failed.error?.message}
      </ErrorState>
    );
  }
  if (!providers.data || !plans.data || !tools.data) return <Skeleton className="h-96" />;

  return (
    <>
      <Plans {...props} providers={providers.data} plans={plans.data} />
      <SettingsSection
        title="Tools"
        note="Programs that spend: some come with a seat, some burn an API key, some do either."
      >
        <Card flush>
          <ToolTable tools={tools.data} />
        </Card>
      </SettingsSection>
    </>
  );
}

type PlansProps = CatalogueViewProps & {
  readonly providers: readonly ServiceProvider[];
  readonly plans: readonly Plan[];
};

function Plans({ mayWrite, baseCurrency, providers, plans }: PlansProps) {
  const [planId, openPlan] = useAddressParam("plan");
  const [providerId, openProvider] = useAddressParam("provider");
  const [addTo, openAddTo] = useAddressParam("add-plan");
  const [archived, setArchived] = useAddressParam("archived");

  const shown = <T extends { readonly archived: boolean }>(rows: readonly T[]) =>
    rows.filter((row) => archived !== null || !row.archived);
  const plan = plans.find(({ id }) => id === planId);
  const provider = providers.find(({ id }) => id === providerId);
  const providerToAddTo = providers.find(({ id }) => id === addTo);

  return (
    <SettingsSection
      title="Plans and list prices"
      note="Prices are per seat, dated, with their source. A new price never changes what a contract says or a past month cost."
      actions={
        <>
          {[...providers, ...plans].some((row) => row.archived) && (
            <Checkbox
              label="Show archived"
              checked={archived !== null}
              onChange={({ target }) => setArchived(target.checked ? "1" : null)}
            />
          )}
          {mayWrite && <Button onClick={() => openProvider("new")}>Add provider</Button>}
        </>
      }
    >
      <Card flush>
        {providers.length > 0 ? (
          <CatalogueTable
            providers={shown(providers)}
            plans={shown(plans)}
            openId={planId ?? providerId}
            onPlan={openPlan}
            {...(mayWrite && { onProvider: openProvider, onAddPlan: openAddTo })}
          />
        ) : (
          <EmptyState title="No providers yet">Add who bills you, then the plans that they sell.</EmptyState>
        )}
      </Card>
      {plan && (
        <PlanSheet
          key={plan.id}
          plan={plan}
          mayWrite={mayWrite}
          baseCurrency={baseCurrency}
          onClose={() => openPlan(null)}
        />
      )}
      <Sheet
        open={mayWrite && (provider !== undefined || providerId === "new")}
        onOpenChange={(open) => !open && openProvider(null)}
        title={provider?.name ?? "Add provider"}
      >
        <ProviderForm
          key={provider?.version}
          {...(provider && { provider })}
          onSaved={() => openProvider(null)}
        />
      </Sheet>
      <Sheet
        open={mayWrite && providerToAddTo !== undefined}
        onOpenChange={(open) => !open && openAddTo(null)}
        title="Add plan"
        description={providerToAddTo?.name}
      >
        {providerToAddTo && <PlanForm provider={providerToAddTo} onSaved={({ id }) => openPlan(id)} />}
      </Sheet>
    </SettingsSection>
  );
}
