"use client";

import { ACCOUNT_KIND_NAMES, shareText } from "@/components/accounts/share-text";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Account } from "@/lib/accounts/schema";
import { dateText } from "@/lib/domain/date-text";
import type { SpendLimitForecast } from "@/lib/forecast/schema";

type AccountTableProps = {
  readonly accounts: readonly Account[];
  /** What the running month comes to beside each limit; none to who sees a part only. */
  readonly limits: readonly SpendLimitForecast[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
  /** Absent for who may not classify. */
  readonly onClassify?: (id: string) => void;
};

/** The accounts as their tree, each with what it counts as today. */
export function AccountTable({ accounts, limits, openId, onOpen, onClassify }: AccountTableProps) {
  return (
    <Table caption="API accounts and what they count as" divided>
      <TableHead>
        <tr>
          <Column pinned>Account</Column>
          <Column className="max-sm:hidden">Kind</Column>
          <Column className="max-sm:hidden">Id at the provider</Column>
          <Column figures>Monthly limit</Column>
          {limits.length > 0 && <Column figures>This month</Column>}
          <Column>Counts as</Column>
        </tr>
      </TableHead>
      <tbody>
        {accounts.map((account) => (
          <Row key={account.id} selected={account.id === openId}>
            <RowHead pinned level={levelOf(account)} className="font-normal text-ink">
              <button
                type="button"
                onClick={() => onOpen(account.id)}
                className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
              >
                {account.depth === 0 && <span className="text-muted">{account.serviceProvider.name} · </span>}
                {account.name}
              </button>
              {account.endsOn && (
                <span className="text-muted text-small"> until {dateText(account.endsOn)}</span>
              )}
            </RowHead>
            <Cell className="text-muted max-sm:hidden">
              {ACCOUNT_KIND_NAMES[account.kind]}
              {account.tool && `, ${account.tool.name}`}
            </Cell>
            <Cell className="break-all font-mono text-muted text-small max-sm:hidden">
              {account.externalId ?? "·"}
            </Cell>
            <Cell figures>
              {account.monthlySpendLimit ? (
                <Amount value={account.monthlySpendLimit} withCurrency />
              ) : (
                <NotApplicable />
              )}
            </Cell>
            {limits.length > 0 && (
              <Cell figures>
                <LimitForecast limit={limits.find((limit) => limit.account.id === account.id)} />
              </Cell>
            )}
            <Cell>
              <CountsAs
                account={account}
                framed={accounts.some(({ parentId }) => parentId === account.id)}
                {...(onClassify && { onClassify })}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Where the month lands, and the day on which the provider would stop the account. */
function LimitForecast({ limit }: { readonly limit: SpendLimitForecast | undefined }) {
  if (!limit) return <NotApplicable />;
  return (
    <>
      <Amount value={limit.forecast} state="forecast" withCurrency />
      <span
        className={classNames(
          "block whitespace-nowrap text-small",
          limit.reachedOn === null ? "text-muted" : "text-danger",
        )}
      >
        {limit.reachedOn === null ? "within the limit" : `limit reached on ${dateText(limit.reachedOn)}`}
      </span>
    </>
  );
}

const levelOf = ({ depth }: Account) => (depth === 0 ? 0 : depth === 1 ? 1 : 2);

type CountsAsProps = {
  readonly account: Account;
  /** It has accounts below it, which count by themselves. */
  readonly framed: boolean;
  readonly onClassify?: (id: string) => void;
};

function CountsAs({ account, framed, onClassify }: CountsAsProps) {
  const { classification, inheritedFrom, id, name } = account;
  if (!classification) {
    if (framed) return <span className="text-muted">each account by itself</span>;
    return (
      <span className="flex flex-wrap items-center gap-2">
        <Badge tone="warning">Unclassified</Badge>
        {onClassify && (
          <Button size="small" onClick={() => onClassify(id)}>
            Classify<span className="sr-only"> {name}</span>
          </Button>
        )}
      </span>
    );
  }
  return (
    <>
      {classification.shares.map((share) => (
        <span key={shareText(share)} className="block">
          {shareText(share)}
        </span>
      ))}
      {inheritedFrom && <span className="text-muted text-small">as {inheritedFrom.name}</span>}
    </>
  );
}
