"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { MadeInvitation } from "@/components/settings/made-invitation";
import { ROLE_NAMES } from "@/components/settings/roles-field";
import { SettingsSection } from "@/components/settings/settings-section";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { INVITATIONS_PATH, invitationsQuery } from "@/lib/invitations/queries";
import type { Invitation, NewInvitation } from "@/lib/invitations/schema";

/** Links that nobody has used yet; none, and there is nothing to see. */
export function InvitationTable() {
  const toast = useToast();
  const [renewed, setRenewed] = useState<NewInvitation | null>(null);
  const invitations = useQuery(invitationsQuery());
  const invalidates = [invitationsQuery().queryKey];
  const revoke = useSave((id: string) => sendJson<void>(`${INVITATIONS_PATH}/${id}`, { method: "DELETE" }), {
    invalidates,
  });
  const renew = useSave(
    (id: string) => sendJson<NewInvitation>(`${INVITATIONS_PATH}/${id}/link`, { method: "PUT", body: {} }),
    { invalidates },
  );
  if (!invitations.data || invitations.data.length === 0) return null;

  const onError = (error: Error) => toast({ title: error.message, tone: "danger" });
  const takeBack = ({ id, name }: Invitation) =>
    revoke.mutate(id, {
      onSuccess: () => toast({ title: `The link for ${name} no longer works` }),
      onError,
    });

  return (
    <SettingsSection title="Open invitations">
      <Card flush className="max-w-5xl">
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
            {invitations.data.map((invitation) => (
              <Row key={invitation.id}>
                <RowHead pinned className="font-normal">
                  {invitation.name}
                </RowHead>
                <Cell className="text-muted">
                  {invitation.email} <Delivery invitation={invitation} />
                </Cell>
                <Cell>{invitation.roles.map((role) => ROLE_NAMES[role]).join(", ")}</Cell>
                <Cell className="whitespace-nowrap text-muted">{instantText(invitation.expiresAt)}</Cell>
                <Cell className="whitespace-nowrap text-right">
                  <Button
                    size="small"
                    aria-label={`Invite ${invitation.name} anew`}
                    onClick={() => renew.mutate(invitation.id, { onSuccess: setRenewed, onError })}
                  >
                    Invite anew
                  </Button>{" "}
                  <Button
                    size="small"
                    aria-label={`Take back the link for ${invitation.name}`}
                    onClick={() => takeBack(invitation)}
                  >
                    Take back
                  </Button>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Card>
      <Dialog
        open={renewed !== null}
        onOpenChange={(open) => !open && setRenewed(null)}
        title="Invited anew"
        description="The link before opens nothing any more."
      >
        <div className="pb-2">{renewed && <MadeInvitation made={renewed} />}</div>
      </Dialog>
    </SettingsSection>
  );
}

/** How its mail fares, where mail goes out. */
function Delivery({ invitation: { delivery, lastError } }: { readonly invitation: Invitation }) {
  if (delivery === "by_hand") return null;
  if (delivery === "sent") return <Badge>mailed</Badge>;
  if (lastError === null) return <Badge>on its way</Badge>;
  return (
    <span className="block text-danger text-small">
      {delivery === "waiting" ? "Not sent yet." : "Not sent."} {lastError}
    </span>
  );
}
