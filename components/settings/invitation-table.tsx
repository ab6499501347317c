"use client";

import { useQuery } from "@tanstack/react-query";

import { ROLE_NAMES } from "@/components/settings/roles-field";
import { SettingsSection } from "@/components/settings/settings-section";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { INVITATIONS_PATH, invitationsQuery } from "@/lib/users/queries";

/** Links that nobody has used yet; none, and there is nothing to see. */
export function InvitationTable() {
  const toast = useToast();
  const invitations = useQuery(invitationsQuery());
  const revoke = useSave((id: string) => sendJson<void>(`${INVITATIONS_PATH}/${id}`, { method: "DELETE" }), {
    invalidates: [invitationsQuery().queryKey],
  });
  if (!invitations.data || invitations.data.length === 0) return null;

  const takeBack = (id: string, name: string) =>
    revoke.mutate(id, {
      onSuccess: () => toast({ title: `The link for ${name} no longer works` }),
      onError: (error) => toast({ title: error.message, tone: "danger" }),
    });

  return (
    <SettingsSection title="Open invitations">
      <Card flush className="max-w-4xl">
        <Table caption="Open invitations" divided>
          <TableHead>
            <tr>
              <Column pinned>Name</Column>
              <Column>E-mail</Column>
              <Column>Roles</Column>
              <Column>Works until</Column>
              <Column>
                <span className="sr-only">Actions</span>
              </Column>
            </tr>
          </TableHead>
          <tbody>
            {invitations.data.map(({ id, name, email, roles, expiresAt }) => (
              <Row key={id}>
                <RowHead pinned className="font-normal">
                  {name}
                </RowHead>
                <Cell className="text-muted">{email}</Cell>
                <Cell>{roles.map((role) => ROLE_NAMES[role]).join(", ")}</Cell>
                <Cell className="whitespace-nowrap text-muted">{instantText(expiresAt)}</Cell>
                <Cell className="text-right">
                  <Button
                    size="small"
                    aria-label={`Take back the link for ${name}`}
                    onClick={() => takeBack(id, name)}
                  >
                    Take back
                  </Button>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Card>
    </SettingsSection>
  );
}
