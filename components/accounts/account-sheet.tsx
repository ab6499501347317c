"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { AccountForm } from "@/components/accounts/account-form";
import { ClassificationForm } from "@/components/accounts/classification-form";
import { shareText } from "@/components/accounts/share-text";
import type { AccountChoices } from "@/components/accounts/use-account-choices";
import { History } from "@/components/audit/history";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { useToday } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { classificationsQuery } from "@/lib/accounts/queries";
import type { Account } from "@/lib/accounts/schema";
import type { CalendarDate } from "@/lib/domain/calendar-date";
import { dateText } from "@/lib/domain/date-text";

type AccountSheetProps = {
  readonly account: Account;
  readonly accounts: readonly Account[];
  readonly choices: AccountChoices;
  readonly currency: string;
  readonly booksStartOn: CalendarDate;
  readonly mayWrite: boolean;
  readonly classifying: boolean;
  readonly onClassifying: (classifying: boolean) => void;
  readonly onClose: () => void;
};

/** An account: what it counts as from which day on, and its own facts. */
export function AccountSheet(props: AccountSheetProps) {
  const { account, accounts, choices, currency, booksStartOn, mayWrite, classifying, onClassifying } = props;
  const today = useToday();
  const [dirty, setDirty] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={account.name}
      description={account.serviceProvider.name}
      dirty={dirty}
    >
      <div className="flex flex-col gap-6">
        <section aria-labelledby="counts-as" className="flex flex-col gap-3">
          <div className="flex items-center justify-between gap-2">
            <h3 id="counts-as" className="font-bold">
              Counts as
            </h3>
            {mayWrite && !classifying && (
              <Button size="small" data-autofocus onClick={() => onClassifying(true)}>
                {account.classification ? "Change from a day on" : "Classify"}
              </Button>
            )}
          </div>
          <Classifications account={account} />
          {mayWrite && classifying && (
            <ClassificationForm
              account={account}
              choices={choices}
              startsOn={account.classification ? today : (account.startsOn ?? booksStartOn)}
              onDirty={setDirty}
              onDone={() => onClassifying(false)}
            />
          )}
        </section>
        {mayWrite && (
          <section aria-labelledby="account-facts" className="flex flex-col gap-3">
            <h3 id="account-facts" className="font-bold">
              Account
            </h3>
            <AccountForm
              key={account.version}
              account={account}
              accounts={accounts}
              choices={choices}
              currency={currency}
              onDirty={setDirty}
              onSaved={() => setDirty(false)}
            />
          </section>
        )}
        <History of="api_account" id={account.id} />
      </div>
    </Sheet>
  );
}

function Classifications({ account }: { readonly account: Account }) {
  const history = useQuery(classificationsQuery(account.id)).data ?? [];
  const { inheritedFrom, classification } = account;
  if (history.length > 0) {
    return (
      <Facts
        facts={history.map(({ startsOn, shares }) => ({
          term: `From ${dateText(startsOn)}`,
          value: shares.map((share) => <div key={shareText(share)}>{shareText(share)}</div>),
        }))}
      />
    );
  }
  return (
    <p className="text-muted">
      {inheritedFrom && classification
        ? `As ${inheritedFrom.name}: ${classification.shares.map(shareText).join("; ")}.`
        : "Nothing yet: its cost counts in neither line until it is classified."}
    </p>
  );
}
