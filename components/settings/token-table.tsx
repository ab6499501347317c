"use client";

import { useState } from "react";

import { scopesText } from "@/components/settings/token-words";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToday } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { dateText, instantText } from "@/lib/domain/date-text";
import { sendJson } from "@/lib/http/fetch";
import { TOKENS_PATH, tokensQuery } from "@/lib/tokens/queries";
import type { ApiToken } from "@/lib/tokens/schema";

type TokenTableProps = {
  readonly tokens: readonly ApiToken[];
  /** Says whose each is. */
  readonly withMakers: boolean;
};

export function TokenTable({ tokens, withMakers }: TokenTableProps) {
  const toast = useToast();
  const [ending, setEnding] = useState<ApiToken | null>(null);
  const end = useSave((id: string) => sendJson<void>(`${TOKENS_PATH}/${id}`, { method: "DELETE" }), {
    invalidates: [tokensQuery().queryKey],
  });
  const confirm = async () => {
    if (!ending) return;
    try {
      await end.mutateAsync(ending.id);
      toast({ title: `${ending.name} no longer works` });
    } catch (error) {
      toast({ title: (error as Error).message, tone: "danger" });
    }
    setEnding(null);
  };

  return (
    <>
      <Table caption="API tokens" divided>
        <TableHead>
          <tr>
            <Column pinned>Name</Column>
            <Column>May</Column>
            {withMakers && <Column>Made by</Column>}
            <Column>Ends on</Column>
            <Column>Last used</Column>
            <Column>
              <span className="sr-only">Actions</span>
            </Column>
          </tr>
        </TableHead>
        <tbody>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} withMaker={withMakers} onEnd={() => setEnding(token)} />
          ))}
        </tbody>
      </Table>
      <Confirm
        open={ending !== null}
        onOpenChange={(next) => !next && setEnding(null)}
        title={`End ${ending?.name ?? "the token"}?`}
        confirmLabel="End the token"
        busy={end.isPending}
        onConfirm={confirm}
      >
        Programs that use it are refused from their next request on. It cannot be brought back.
      </Confirm>
    </>
  );
}

type TokenRowProps = {
  readonly token: ApiToken;
  readonly withMaker: boolean;
  readonly onEnd: () => void;
};

function TokenRow({ token, withMaker, onEnd }: TokenRowProps) {
  const { name, ending, scopes, madeBy, orphaned, survives, expiresAt, lastUsedAt } = token;
  const today = useToday();
  const endsOn = expiresAt.slice(0, 10);
  return (
    <Row>
      <RowHead pinned className="font-normal">
        {name}
        <span className="block font-mono text-muted text-small">
          <span className="sr-only">ends in </span>…{ending}
        </span>
      </RowHead>
      <Cell>{scopesText(scopes)}</Cell>
      {withMaker && (
        <Cell className="text-muted">
          <span className="flex flex-wrap items-center gap-x-2">
            {madeBy ?? "Somebody who was erased"}
            {orphaned ? <Badge>has left</Badge> : survives && <Badge>stays when they leave</Badge>}
          </span>
        </Cell>
      )}
      <Cell className="whitespace-nowrap text-muted">
        {dateText(endsOn)} {endsOn <= today && <Badge tone="warning">ended</Badge>}
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        {lastUsedAt === null ? "never" : instantText(lastUsedAt)}
      </Cell>
      <Cell className="text-right">
        <Button size="small" aria-label={`End ${name}`} onClick={onEnd}>
          End
        </Button>
      </Cell>
    </Row>
  );
}
