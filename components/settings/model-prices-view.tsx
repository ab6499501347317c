"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";

import { ModelPriceForm } from "@/components/settings/model-price-form";
import { ModelPriceList } from "@/components/settings/model-price-list";
import { groupPrices } from "@/components/settings/model-price-rows";
import { ModelPriceTable } from "@/components/settings/model-price-table";
import { SettingsSection } from "@/components/settings/settings-section";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { LinkButton } from "@/components/ui/link-button";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { serviceProvidersQuery } from "@/lib/catalogue/queries";
import type { ServiceProvider } from "@/lib/catalogue/schema";
import { MODEL_PRICE_FILE_PATH, modelPricesQuery } from "@/lib/model-prices/queries";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

/** What models' tokens cost, day by day: what usage is priced with where a provider's file has no costs. */
export function ModelPricesView({ mayWrite }: { readonly mayWrite: boolean }) {
  const prices = useQuery(modelPricesQuery());
  const providers = useQuery(serviceProvidersQuery());
  const failed = [prices, providers].find((query) => query.isError);
  if (failed) {
    return (
      <ErrorState title="The prices could not be read" onRetry={() => failed.refetch()}>
        {failed.error?.message}
      </ErrorState>
    );
  }
  if (!prices.data || !providers.data) return <Skeleton className="h-96" />;
  return <Prices mayWrite={mayWrite} prices={prices.data} providers={providers.data} />;
}

type PricesProps = {
  readonly mayWrite: boolean;
  readonly prices: readonly ModelPriceRow[];
  readonly providers: readonly ServiceProvider[];
};

function Prices({ mayWrite, prices, providers }: PricesProps) {
  const today = useToday();
  const [text, setText] = useAddressParam("text");
  const [adding, openAdding] = useAddressParam("add");
  const [last, setLast] = useState<ModelPriceRow | null>(null);
  const [dirty, setDirty] = useState(false);
  const groups = groupPrices(prices, { today, text: useDeferredValue(text ?? "") });
  const close = () => {
    openAdding(null);
    setLast(null);
    setDirty(false);
  };

  return (
    <SettingsSection
      title="Model prices"
      note="What tokens cost from a day on. It prices use whose file has no costs; use of a model without a price is shown as price unknown, never as 0, until one is added here."
      actions={
        <>
          <div className="w-56">
            <Input
              type="search"
              aria-label="Find a model"
              placeholder="Model or provider"
              value={text ?? ""}
              onChange={({ target }) => setText(target.value || null)}
            />
          </div>
          <LinkButton href={MODEL_PRICE_FILE_PATH} download="">
            Download list
          </LinkButton>
          {mayWrite && (
            <>
              <Button onClick={() => openAdding("list")}>Update by file</Button>
              <Button onClick={() => openAdding("price")}>Add price</Button>
            </>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {groups.map(({ provider, models }) => (
          <Card key={provider.id} flush>
            <ModelPriceTable
              provider={provider.name}
              models={models}
              {...(mayWrite && {
                onAdd: (price: ModelPriceRow) => {
                  setLast(price);
                  openAdding("price");
                },
              })}
            />
          </Card>
        ))}
        {groups.length === 0 && (
          <Card flush>
            <EmptyState title={prices.length === 0 ? "No prices yet" : "No such model"}>
              {prices.length === 0
                ? "Add what a model's tokens cost, or a whole list as a file."
                : "No model or provider with this name has a price."}
            </EmptyState>
          </Card>
        )}
      </div>
      <Sheet
        open={mayWrite && adding === "price"}
        onOpenChange={(open) => !open && close()}
        title="Add price"
        dirty={dirty}
        description="It counts from its day on; what was priced before keeps its cost."
      >
        <ModelPriceForm
          providers={providers.filter(({ archived }) => !archived)}
          last={last}
          onSaved={close}
          onDirty={setDirty}
        />
      </Sheet>
      <Sheet
        open={mayWrite && adding === "list"}
        onOpenChange={(open) => !open && close()}
        title="Update prices by file"
        dirty={dirty}
        width="wide"
      >
        <ModelPriceList onSaved={close} onDirty={setDirty} />
      </Sheet>
    </SettingsSection>
  );
}
