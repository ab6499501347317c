"use client";

import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";

import { AccountForm } from "@/components/accounts/account-form";
import { AccountSheet } from "@/components/accounts/account-sheet";
import { AccountTable } from "@/components/accounts/account-table";
import { useAccountChoices } from "@/components/accounts/use-account-choices";
import { type Command, useRegisterCommands } from "@/components/shell/commands";
import { useAddressParam } from "@/components/shell/use-address";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { accountsQuery } from "@/lib/accounts/queries";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import type { Currency } from "@/lib/domain/currency";
import { monthOf } from "@/lib/domain/month";
import { forecastQuery } from "@/lib/forecast/queries";

type AccountsViewProps = {
  readonly currency: Currency;
  readonly booksStartOn: CalendarDate;
  readonly mayWrite: boolean;
  readonly maySeeCredits: boolean;
};

/** Metered accounts as a tree, and which line each counts in. */
export function AccountsView({ currency, booksStartOn, mayWrite, maySeeCredits }: AccountsViewProps) {
  const accounts = useQuery(accountsQuery());
  const month = monthOf(useToday());
  const forecast = useQuery(forecastQuery({ from: month, to: month }));
  const choices = useAccountChoices();
  const [openId, open] = useAddressParam("account");
  const [classify, setClassify] = useAddressParam("classify");
  const [dirty, setDirty] = useState(false);
  const commands = useMemo(
    (): readonly Command[] =>
      mayWrite
        ? [
            {
              id: "add-account",
              label: "Add API account",
              group: "API accounts",
              href: "/api-accounts?account=new",
            },
          ]
        : [],
    [mayWrite],
  );
  useRegisterCommands(commands);

  if (accounts.isPending) return <Skeleton className="h-96" />;
  if (accounts.isError) {
    return (
      <ErrorState title="The API accounts could not be read" onRetry={() => accounts.refetch()}>
        {accounts.error.message}
      </ErrorState>
    );
  }
  const opened = accounts.data.find(({ id }) => id === openId);
  const close = () => {
    setClassify(null);
    open(null);
  };

  return (
    <>
      <PageHeader
        title="API accounts"
        actions={
          <>
            {maySeeCredits && <LinkButton href="/credits">Credits</LinkButton>}
            {mayWrite && (
              <Button variant="primary" onClick={() => open("new")}>
                <Plus aria-hidden />
                Add account
              </Button>
            )}
          </>
        }
      />
      <Card flush label="API accounts">
        {accounts.data.length > 0 ? (
          <AccountTable
            accounts={accounts.data}
            limits={forecast.data?.spendLimits ?? []}
            openId={openId}
            onOpen={open}
            {...(mayWrite && {
              onClassify: (id: string) => {
                open(id);
                setClassify("1");
              },
            })}
          />
        ) : (
          <EmptyState
            title="No API accounts yet"
            actions={mayWrite && <Button onClick={() => open("new")}>Add an account</Button>}
          >
            A provider&apos;s organization, its workspaces or projects, and their keys. What each counts as
            decides whether its cost is developer leverage or product running.
          </EmptyState>
        )}
      </Card>
      {opened && choices && (
        <AccountSheet
          key={opened.id}
          account={opened}
          accounts={accounts.data}
          choices={choices}
          currency={currency}
          booksStartOn={booksStartOn}
          mayWrite={mayWrite}
          classifying={classify !== null}
          onClassifying={(on) => setClassify(on ? "1" : null)}
          onClose={close}
        />
      )}
      <Sheet
        open={openId === "new" && mayWrite && choices !== null}
        onOpenChange={(next) => !next && close()}
        title="Add API account"
        dirty={dirty}
      >
        {choices && (
          <AccountForm
            accounts={accounts.data}
            choices={choices}
            currency={currency}
            onDirty={setDirty}
            onSaved={(saved) => {
              setDirty(false);
              open(saved.id);
              setClassify(saved.parentId === null ? null : "1");
            }}
          />
        )}
      </Sheet>
    </>
  );
}
