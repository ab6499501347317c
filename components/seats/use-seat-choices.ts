"use client";

import { useQuery } from "@tanstack/react-query";

import { plansQuery } from "@/lib/catalogue/queries";
import type { Plan } from "@/lib/catalogue/schema";
import { membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import { productsQuery } from "@/lib/products/queries";
import type { Product } from "@/lib/products/schema";
import { teamsQuery } from "@/lib/teams/queries";
import type { Team } from "@/lib/teams/schema";

/** What a contract can name. */
export type SeatChoices = {
  readonly plans: readonly Plan[];
  /** Those in whose name the reader may buy seats. */
  readonly teams: readonly Team[];
  readonly members: readonly Member[];
  readonly products: readonly Product[];
};

/** Read with the page; null until all of it is there. */
export function useSeatChoices(onlyTeamIds: readonly string[] | null): SeatChoices | null {
  const plans = useQuery(plansQuery()).data;
  const teams = useQuery(teamsQuery()).data;
  const members = useQuery(membersQuery()).data;
  const products = useQuery(productsQuery()).data;
  if (!plans || !teams || !members || !products) return null;
  const current = <Row extends { readonly archived: boolean }>(rows: readonly Row[]) =>
    rows.filter(({ archived }) => !archived);
  return {
    plans: current(plans),
    teams: current(teams).filter(({ id }) => onlyTeamIds === null || onlyTeamIds.includes(id)),
    members: current(members),
    products,
  };
}
