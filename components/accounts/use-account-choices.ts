"use client";

import { useQuery } from "@tanstack/react-query";

import { serviceProvidersQuery, toolsQuery } from "@/lib/catalogue/queries";
import type { ServiceProvider, Tool } from "@/lib/catalogue/schema";
import { membersQuery } from "@/lib/members/queries";
import type { Member } from "@/lib/members/schema";
import { productsQuery } from "@/lib/products/queries";
import type { Product } from "@/lib/products/schema";
import { teamsQuery } from "@/lib/teams/queries";
import type { Team } from "@/lib/teams/schema";

/** What an account and its shares can name. */
export type AccountChoices = {
  readonly providers: readonly ServiceProvider[];
  readonly tools: readonly Tool[];
  readonly teams: readonly Team[];
  readonly products: readonly Product[];
  readonly members: readonly Member[];
};

/** Null until all of it is there. */
export function useAccountChoices(): AccountChoices | null {
  const providers = useQuery(serviceProvidersQuery()).data;
  const tools = useQuery(toolsQuery()).data;
  const teams = useQuery(teamsQuery()).data;
  const products = useQuery(productsQuery()).data;
  const members = useQuery(membersQuery()).data;
  if (!providers || !tools || !teams || !products || !members) return null;
  return {
    providers: providers.filter(({ archived }) => !archived),
    tools,
    teams: teams.filter(({ archived }) => !archived),
    products,
    members: members.filter(({ archived }) => !archived),
  };
}
