"use client";

import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/settings/settings-section";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { SESSIONS_PATH, sessionsQuery } from "@/lib/sessions/queries";

/** Where the reader is signed in; any of it can be ended at once. */
export function SessionsView() {
  const toast = useToast();
  const sessions = useQuery(sessionsQuery());
  const end = useSave((path: string) => sendJson<void>(path, { method: "DELETE" }), {
    invalidates: [sessionsQuery().queryKey],
  });
  if (sessions.isPending) return <Skeleton className="h-48" />;
  if (sessions.isError) {
    return (
      <ErrorState title="Your sessions could not be read" onRetry={() => sessions.refetch()}>
        {sessions.error.message}
      </ErrorState>
    );
  }
  const run = (path: string, done: string) =>
    end.mutate(path, {
      onSuccess: () => toast({ title: done }),
      onError: (error) => toast({ title: error.message, tone: "danger" }),
    });

  return (
    <SettingsSection
      title="Sessions"
      note="Where you are signed in. An ended session is out at its next request."
      actions={
        sessions.data.length > 1 && (
          <Button onClick={() => run(SESSIONS_PATH, "Every other session was ended")}>End all others</Button>
        )
      }
    >
      <Card flush className="max-w-4xl">
        <Table caption="Your sessions" divided>
          <TableHead>
            <tr>
              <Column pinned>Browser</Column>
              <Column>Since</Column>
              <Column>Last used</Column>
              <Column>
                <span className="sr-only">Actions</span>
              </Column>
            </tr>
          </TableHead>
          <tbody>
            {sessions.data.map(({ id, userAgent, createdAt, lastSeenAt, current }) => (
              <Row key={id}>
                <RowHead pinned className="font-normal">
                  <span className="flex items-center gap-2">
                    {browserOf(userAgent)}
                    {current && <Badge>this one</Badge>}
                  </span>
                </RowHead>
                <Cell className="whitespace-nowrap text-muted">{instantText(createdAt)}</Cell>
                <Cell className="whitespace-nowrap text-muted">{instantText(lastSeenAt)}</Cell>
                <Cell className="text-right">
                  {!current && (
                    <Button
                      size="small"
                      onClick={() => run(`${SESSIONS_PATH}/${id}`, "The session was ended")}
                    >
                      End
                    </Button>
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Card>
    </SettingsSection>
  );
}

const BROWSERS = [/(Edg)\/(\d+)/, /(Firefox)\/(\d+)/, /(Chrome)\/(\d+)/, /Version\/(\d+).*(Safari)/] as const;
const SYSTEMS = ["Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux"] as const;

/** "Firefox on Linux", as far as the browser's own words tell. */
function browserOf(userAgent: string): string {
  const names = BROWSERS.map((pattern) => pattern.exec(userAgent)?.find((part) => /^[A-Za-z]+$/.test(part)));
  const name = names.find((one) => one !== undefined)?.replace("Edg", "Edge");
  const system = SYSTEMS.find((one) => userAgent.includes(one));
  return [name ?? "A program", system && `on ${system}`].filter(Boolean).join(" ");
}
