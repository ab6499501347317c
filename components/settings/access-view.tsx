"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { InvitationTable } from "@/components/settings/invitation-table";
import { InviteForm } from "@/components/settings/invite-form";
import { SettingsSection } from "@/components/settings/settings-section";
import { UserAccess } from "@/components/settings/user-access";
import { UserForm } from "@/components/settings/user-form";
import { UserTable } from "@/components/settings/user-table";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { teamsQuery } from "@/lib/teams/queries";
import { usersQuery } from "@/lib/users/queries";

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
  const openTeams = (teams.data ?? []).filter(({ archived }) => !archived);
  const open = users.data.find(({ id }) => id === userId);

  return (
    <>
      <SettingsSection
        title="Access"
        note="Who may sign in to these books. Changes count from their next request."
        actions={mayWrite && <Button onClick={() => openUser("new")}>Invite a colleague</Button>}
      >
        <Card flush className="max-w-5xl">
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
          <UserForm key={open.id} user={open} teams={openTeams} onSaved={() => openUser(null)} />
          <UserAccess user={open} onRemoved={() => openUser(null)} />
        </Sheet>
      )}
      <Sheet
        open={userId === "new" && mayWrite}
        onOpenChange={(next) => !next && openUser(null)}
        title="Invite a colleague"
        dirty={dirty}
      >
        <InviteForm teams={openTeams} onDirty={setDirty} />
      </Sheet>
    </>
  );
}
