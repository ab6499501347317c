"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useMemo, useState } from "react";

import { ContractForm } from "@/components/seats/contract-form";
import { ContractSheet } from "@/components/seats/contract-sheet";
import { ContractTable } from "@/components/seats/contract-table";
import { shownDay } from "@/components/seats/shown-day";
import { useSeatChoices } from "@/components/seats/use-seat-choices";
import { type Command, useRegisterCommands } from "@/components/shell/commands";
import { useMonth } from "@/components/shell/period";
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
import type { Currency } from "@/lib/domain/currency";
import { dateText } from "@/lib/domain/date-text";
import { firstDayOf, type Month } from "@/lib/domain/month";
import { subscriptionsQuery } from "@/lib/subscriptions/queries";

export type SeatRights = {
  readonly write: boolean;
  /** The teams in whose name the reader may buy; null is all of them. */
  readonly onlyTeamIds: readonly string[] | null;
  readonly demo: boolean;
};

type SeatsViewProps = {
  readonly currentMonth: Month;
  readonly currency: Currency;
  readonly rights: SeatRights;
};

/** Who holds which seat, of which contract, and since when. */
export function SeatsView({ currentMonth, currency, rights }: SeatsViewProps) {
  const month = useMonth(currentMonth);
  const day = shownDay(month, useToday());
  const contracts = useQuery({ ...subscriptionsQuery(day), placeholderData: keepPreviousData });
  const choices = useSeatChoices(rights.onlyTeamIds);
  const [openId, open] = useAddressParam("subscription");
  const [dirty, setDirty] = useState(false);
  const commands = useMemo(
    (): readonly Command[] =>
      rights.write
        ? [{ id: "add-contract", label: "Add contract", group: "Seats", href: "/seats?subscription=new" }]
        : [],
    [rights.write],
  );
  useRegisterCommands(commands);

  if (contracts.isPending) return <Skeleton className="h-96" />;
  if (contracts.isError) {
    return (
      <ErrorState
        title="The seats could not be read"
        onRetry={() => contracts.refetch()}
        retrying={contracts.isFetching}
      >
        {contracts.error.message}
      </ErrorState>
    );
  }
  const withTeams =
    (choices?.teams.length ?? 0) > 1 || new Set(contracts.data.map(({ team }) => team.id)).size > 1;

  return (
    <>
      <PageHeader
        title="Seats"
        note={contracts.data.length > 0 ? noteOf(contracts.data, day) : undefined}
        actions={
          rights.write && (
            <Button variant="primary" onClick={() => open("new")}>
              <Plus aria-hidden />
              Add contract
            </Button>
          )
        }
      />
      <Card flush label="Contracts">
        {contracts.data.length > 0 ? (
          <ContractTable contracts={contracts.data} withTeams={withTeams} openId={openId} onOpen={open} />
        ) : (
          <EmptyState
            title="No contracts yet"
            actions={
              <>
                {rights.write && <Button onClick={() => open("new")}>Add a contract</Button>}
                {rights.demo && <LinkButton href="/settings/demo-data">Look around in demo data</LinkButton>}
              </>
            }
          >
            A contract is what you buy seats by: Claude Team, Cursor, Copilot. With its seats and holders
            here, every month is estimated until its invoice comes, and each person&apos;s cost is known.
          </EmptyState>
        )}
      </Card>
      {openId !== null && openId !== "new" && choices && (
        <ContractSheet
          key={openId}
          id={openId}
          choices={choices}
          rights={rights}
          withTeams={withTeams}
          onClose={() => open(null)}
        />
      )}
      <Sheet
        open={openId === "new" && rights.write && choices !== null}
        onOpenChange={(next) => !next && open(null)}
        title="Add contract"
        dirty={dirty}
      >
        {choices && (
          <ContractForm
            choices={choices}
            startsOn={firstDayOf(month)}
            currency={currency}
            onDirty={setDirty}
            onSaved={() => open(null)}
          />
        )}
      </Sheet>
    </>
  );
}

function noteOf(
  contracts: readonly { readonly plans: readonly { readonly seats: number; readonly held: number }[] }[],
  day: string,
): string {
  const plans = contracts.flatMap((contract) => contract.plans);
  const seats = plans.reduce((sum, plan) => sum + plan.seats, 0);
  const held = plans.reduce((sum, plan) => sum + plan.held, 0);
  return `${seats} ${seats === 1 ? "seat" : "seats"}, ${held} held, on ${dateText(day)}`;
}
