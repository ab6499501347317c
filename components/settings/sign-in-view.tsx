"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ConnectionForm } from "@/components/settings/connection-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { useAddressParam } from "@/components/shell/use-address";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { connectionsQuery } from "@/lib/single-sign-on/queries";
import type { Connection } from "@/lib/single-sign-on/schema";

/** How the organization's people sign in. */
export function SignInView() {
  const connections = useQuery(connectionsQuery());
  const [connectionId, openConnection] = useAddressParam("connection");
  const [dirty, setDirty] = useState(false);
  if (connections.isPending) return <Skeleton className="h-64" />;
  if (connections.isError) {
    return (
      <ErrorState title="The providers could not be read" onRetry={() => connections.refetch()}>
        {connections.error.message}
      </ErrorState>
    );
  }
  const open = connections.data.find(({ id }) => id === connectionId);
  const close = () => openConnection(null);

  return (
    <SettingsSection
      title="Single sign-on"
      note="Your people sign in with the account that they have at work: Google, Microsoft, GitHub, or any OpenID Connect provider."
      actions={<Button onClick={() => openConnection("new")}>Add a provider</Button>}
    >
      <Card flush className="max-w-4xl">
        {connections.data.length > 0 ? (
          <ConnectionTable connections={connections.data} openId={connectionId} onOpen={openConnection} />
        ) : (
          <EmptyState title="No provider yet">
            Everybody signs in with a password of their own. With a provider, who leaves the company is signed
            out here too.
          </EmptyState>
        )}
      </Card>
      {(open || connectionId === "new") && (
        <Sheet
          open
          onOpenChange={(next) => !next && close()}
          title={open?.name ?? "Add a provider"}
          dirty={dirty}
        >
          <ConnectionForm
            key={open ? `${open.id} ${open.version}` : "new"}
            {...(open && { connection: open })}
            onDirty={setDirty}
            onSaved={(id) => openConnection(id)}
          />
        </Sheet>
      )}
    </SettingsSection>
  );
}

type ConnectionTableProps = {
  readonly connections: readonly Connection[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

function ConnectionTable({ connections, openId, onOpen }: ConnectionTableProps) {
  return (
    <Table caption="Providers" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column>E-mail domains</Column>
          <Column>Last sign-in</Column>
        </tr>
      </TableHead>
      <tbody>
        {connections.map(({ id, name, domains, usedAt }) => (
          <Row key={id} selected={id === openId}>
            <RowHead pinned className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(id)}
                className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
              >
                {name}
              </button>
            </RowHead>
            <Cell>
              <ul className="flex flex-col gap-1">
                {domains.map(({ domain, enforced }) => (
                  <li key={domain} className="flex items-center gap-2">
                    {domain} {enforced && <Badge>only way in</Badge>}
                  </li>
                ))}
              </ul>
            </Cell>
            <Cell className="whitespace-nowrap text-muted">
              {usedAt ? dateText(usedAt.slice(0, 10)) : "never"}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
