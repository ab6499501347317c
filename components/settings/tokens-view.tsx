"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { SettingsSection } from "@/components/settings/settings-section";
import { TokenForm } from "@/components/settings/token-form";
import { TokenTable } from "@/components/settings/token-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { tokensQuery } from "@/lib/tokens/queries";

/** What programs ask the interface with: the reader's own, and for an owner everybody's. */
export function TokensView({ mayManage }: { readonly mayManage: boolean }) {
  const tokens = useQuery(tokensQuery());
  const [opened, open] = useAddressParam("token");
  const [dirty, setDirty] = useState(false);
  if (tokens.isPending) return <Skeleton className="h-48" />;
  if (tokens.isError) {
    return (
      <ErrorState title="The tokens could not be read" onRetry={() => tokens.refetch()}>
        {tokens.error.message}
      </ErrorState>
    );
  }
  const make = <Button onClick={() => open("new")}>Make a token</Button>;

  return (
    <>
      <SettingsSection
        title="API tokens"
        note="For programs that ask the interface. A token may do what its maker may at the time, as far as its scopes go."
        actions={tokens.data.length > 0 && make}
      >
        <Card flush className="max-w-5xl">
          {tokens.data.length === 0 ? (
            <EmptyState title="No tokens" actions={make}>
              With a token, a script reads the budget each night or brings usage in, without anybody's
              password.
            </EmptyState>
          ) : (
            <TokenTable tokens={tokens.data} withMakers={mayManage} />
          )}
        </Card>
      </SettingsSection>
      <Sheet
        open={opened === "new"}
        onOpenChange={(next) => !next && open(null)}
        title="Make a token"
        dirty={dirty}
      >
        <TokenForm mayManage={mayManage} onDirty={setDirty} />
      </Sheet>
    </>
  );
}
