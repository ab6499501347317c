"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Combobox } from "@/components/ui/combobox";
import { FieldError } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import { COST_KIND_NAMES, costText } from "@/components/usage/usage-words";
import { useMatchOptions } from "@/components/usage/use-match-options";
import { matchIdentity } from "@/lib/identities/queries";
import type { Identity } from "@/lib/identities/schema";

/** Names of files that nobody knows yet, with the money that waits with them. */
export function UnmatchedCard({ identities }: { readonly identities: readonly Identity[] }) {
  return (
    <Card labelledBy="unmatched" flush>
      <div className="flex items-center gap-2 border-line border-b px-4 py-3">
        <h2 id="unmatched" className="font-bold">
          Whose is this?
        </h2>
        <Badge tone="warning">{identities.length} to match</Badge>
        <p className="text-muted text-small">Until somebody says so, their cost is unclassified.</p>
      </div>
      <ul className="divide-y divide-line">
        {identities.map((identity) => (
          <Unmatched key={identity.id} identity={identity} />
        ))}
      </ul>
    </Card>
  );
}

function Unmatched({ identity }: { readonly identity: Identity }) {
  const { id, name, parent, serviceProvider, costs, suggestions } = identity;
  const options = useMatchOptions(serviceProvider.id);
  const toast = useToast();
  const [chosen, setChosen] = useState<string | null>(null);
  const save = useSave(
    async (match: Parameters<typeof matchIdentity>[1]) => {
      await matchIdentity(id, match);
      // Said here, because the row is gone as soon as the list is read again.
      toast({ title: `${name} is known from now on` });
    },
    { invalidates: [["identities"], ["imports"], ["usage"], ...MONEY_KEYS] },
  );
  const match = (value: string) => {
    const [kind, target = ""] = value.split(" ");
    save.mutate(kind === "member" ? { memberId: target } : { apiAccountId: target });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
      <div className="min-w-40 grow">
        <p className="break-all font-medium">{name}</p>
        <p className="text-muted text-small">
          {serviceProvider.name}
          {parent && ` · ${parent}`}
          {costs.map(({ costKind, currency, cost }) => (
            <span key={`${costKind} ${currency}`}>
              {` · ${costText(cost)} ${currency} ${COST_KIND_NAMES[costKind as keyof typeof COST_KIND_NAMES].toLowerCase()}`}
            </span>
          ))}
        </p>
        <FieldError id={`${id}-error`} error={save.error?.message} />
      </div>
      {suggestions.slice(0, 2).map((suggestion) => (
        <Button
          key={suggestion.id}
          size="small"
          busy={save.isPending}
          onClick={() => match(`${suggestion.kind} ${suggestion.id}`)}
        >
          {suggestion.name}
        </Button>
      ))}
      <Combobox
        aria-label={`Who or what ${name} is`}
        className="w-56"
        placeholder="Person or account"
        options={options}
        value={chosen}
        onChange={setChosen}
      />
      <Button
        size="small"
        disabled={chosen === null}
        busy={save.isPending}
        onClick={() => chosen !== null && match(chosen)}
      >
        Match
      </Button>
    </li>
  );
}
