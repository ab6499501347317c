"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ProductForm } from "@/components/settings/product-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { useAddressParam } from "@/components/shell/use-address";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { productsQuery } from "@/lib/products/queries";
import type { Product } from "@/lib/products/schema";

/** What is shipped or automated and spends: the other side of "product running". */
export function ProductsView({ mayWrite }: { readonly mayWrite: boolean }) {
  const products = useQuery(productsQuery());
  const [productId, openProduct] = useAddressParam("product");
  const [dirty, setDirty] = useState(false);
  if (products.isPending) return <Skeleton className="h-64" />;
  if (products.isError) {
    return (
      <ErrorState title="The products could not be read" onRetry={() => products.refetch()}>
        {products.error.message}
      </ErrorState>
    );
  }
  const open = products.data.find(({ id }) => id === productId);

  return (
    <SettingsSection
      title="Products"
      note="What you ship or automate. API accounts and seats behind automation count for one of them."
    >
      <Card flush className="max-w-4xl">
        {products.data.length > 0 ? (
          <ProductTable
            products={products.data}
            openId={productId}
            {...(mayWrite && { onOpen: openProduct })}
          />
        ) : (
          <EmptyState title="No products yet">
            Name what runs with nobody watching, so that its cost has a name in the budget too.
          </EmptyState>
        )}
        {mayWrite && (
          <div data-print="hide" className="border-line border-t px-4 py-3">
            <ProductForm />
          </div>
        )}
      </Card>
      {open && mayWrite && (
        <Sheet open onOpenChange={(next) => !next && openProduct(null)} title={open.name} dirty={dirty}>
          <ProductForm
            key={open.version}
            product={open}
            onDirty={setDirty}
            onSaved={() => openProduct(null)}
          />
        </Sheet>
      )}
    </SettingsSection>
  );
}

type ProductTableProps = {
  readonly products: readonly Product[];
  readonly openId: string | null;
  readonly onOpen?: (id: string) => void;
};

function ProductTable({ products, openId, onOpen }: ProductTableProps) {
  const today = useToday();
  return (
    <Table caption="Products" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column>Ends</Column>
        </tr>
      </TableHead>
      <tbody>
        {products
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map(({ id, name, endsOn }) => (
            <Row key={id} selected={id === openId}>
              <RowHead pinned className="font-normal">
                <span className="flex items-center gap-2">
                  {onOpen ? (
                    <button
                      type="button"
                      onClick={() => onOpen(id)}
                      className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
                    >
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                  {endsOn !== null && endsOn <= today && <Badge>ended</Badge>}
                </span>
              </RowHead>
              <Cell className="whitespace-nowrap text-muted">{endsOn ? dateText(endsOn) : "·"}</Cell>
            </Row>
          ))}
      </tbody>
    </Table>
  );
}
