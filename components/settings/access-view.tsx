"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { InvitationTable } from "@/components/settings/invitation-table";
import { InviteForm } from "@/components/settings/invite-form";
import { ROLE_NAMES } from "@/components/settings/roles-field";
import { SettingsSection } from "@/components/settings/settings-section";
import { UserForm } from "@/components/settings/user-form";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { teamsQuery } from "@/lib/teams/queries";
import { usersQuery } from "@/lib/users/queries";
import type { User } from "@/lib/users/schema";

/** Who may sign in to these books, and as what. */
export function AccessView({ mayWrite }: { readonly mayWrite: boolean }) {
  const users = useQuery(usersQuery());
  const teams = useQuery(teamsQuery());
  const [userId, openUser] = useAddressParam("user");
  const [dirty, setDirty] = useState(false);
  if (users.isPending) return <Skeleton className="h-64" />;
  if (users.isError) {
    return (
      <ErrorState title="Access could not be read" onRetry={() => users.refetch()}>
        {users.error.message}
      </ErrorState>
    );
  }
  const open = users.data.find(({ id }) => id === userId);

  return (
    <>
      <SettingsSection
        title="Access"
        note="Who may sign in to these books. Changes count from their next request."
        actions={mayWrite && <Button onClick={() => openUser("new")}>Invite a colleague</Button>}
      >
        <Card flush className="max-w-4xl">
          <UserTable users={users.data} openId={userId} {...(mayWrite && { onOpen: openUser })} />
        </Card>
      </SettingsSection>
      {mayWrite && <InvitationTable />}
      {open && mayWrite && (
        <Sheet
          open
          onOpenChange={(next) => !next && openUser(null)}
          title={open.name}
          description={open.email}
        >
          <UserForm key={open.id} user={open} onSaved={() => openUser(null)} />
        </Sheet>
      )}
      <Sheet
        open={userId === "new" && mayWrite}
        onOpenChange={(next) => !next && openUser(null)}
        title="Invite a colleague"
        dirty={dirty}
      >
        <InviteForm teams={(teams.data ?? []).filter(({ archived }) => !archived)} onDirty={setDirty} />
      </Sheet>
    </>
  );
}

type UserTableProps = {
  readonly users: readonly User[];
  readonly openId: string | null;
  readonly onOpen?: (id: string) => void;
};

function UserTable({ users, openId, onOpen }: UserTableProps) {
  return (
    <Table caption="People with access" divided>
      <TableHead>
        <tr>
          <Column pinned>Name</Column>
          <Column>E-mail</Column>
          <Column>Roles</Column>
          <Column>Until</Column>
        </tr>
      </TableHead>
      <tbody>
        {users.map(({ id, name, email, roles, roleEndsOn }) => (
          <Row key={id} selected={id === openId}>
            <RowHead pinned className="font-normal">
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
            </RowHead>
            <Cell className="text-muted">{email}</Cell>
            <Cell>{roles.map((role) => ROLE_NAMES[role]).join(", ")}</Cell>
            <Cell className="whitespace-nowrap text-muted">{roleEndsOn ? dateText(roleEndsOn) : "·"}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
