"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { Banner } from "@/components/ui/banner";
import { useLocale } from "@/components/ui/reader";
import { type SeatQuestion, seatEffectQuery } from "@/lib/budgets/queries";
import type { SeatEffect } from "@/lib/budgets/schema";
import { monthText } from "@/lib/domain/date-text";
import { add, money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";

/** What seats add to a line whose budget is frozen, before they are given or bought; nothing where none is. */
export function SeatWarning({ question }: { readonly question: SeatQuestion }) {
  const effect = useQuery({ ...seatEffectQuery(question), placeholderData: keepPreviousData, retry: false });
  if (!effect.data) return null;
  return effect.data.lines.map((line) => (
    <LineWarning key={line.team.id} line={line} until={effect.data.until} />
  ));
}

type LineWarningProps = {
  readonly line: SeatEffect["lines"][number];
  readonly until: SeatEffect["until"];
};

function LineWarning({ line, until }: LineWarningProps) {
  const locale = useLocale();
  const { team, purpose, added, budgeted, used, ofTeam } = line;
  const left = money(budgeted.minor - add(used, added).minor, budgeted.currency);
  const name = PURPOSE_NAMES[purpose].toLowerCase();
  const over = left.minor < 0;
  return (
    <Banner
      live
      tone="warning"
      title={`Adds ${moneyText(added, locale, { withCurrency: true })} until ${monthText(until)}`}
    >
      {ofTeam ? `${team.name}’s ${name}` : `The ${name} line`} has a frozen budget of{" "}
      {moneyText(budgeted, locale)} for the year and {moneyText(used, locale)} of cost so far: with this,{" "}
      {moneyText(money(Math.abs(left.minor), left.currency), locale)} {over ? "over" : "left"}, before the
      rest of the year’s other cost.
    </Banner>
  );
}
