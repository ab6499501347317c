"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import type { ComboboxOption } from "@/components/ui/combobox-match";
import { accountsQuery } from "@/lib/accounts/queries";
import { membersQuery } from "@/lib/members/queries";

/** Whom or what a provider's name can mean, as "member <id>" or "account <id>". */
export function useMatchOptions(serviceProviderId: string): readonly ComboboxOption[] {
  const members = useQuery(membersQuery()).data;
  const accounts = useQuery(accountsQuery()).data;
  return useMemo(
    () => [
      ...(accounts ?? [])
        .filter(({ serviceProvider }) => serviceProvider.id === serviceProviderId)
        .map(({ id, name }) => ({ value: `account ${id}`, label: name, hint: "API account" })),
      ...(members ?? [])
        .filter(({ archived }) => !archived)
        .map(({ id, name, email }) => ({ value: `member ${id}`, label: name, hint: email ?? "person" })),
    ],
    [members, accounts, serviceProviderId],
  );
}
