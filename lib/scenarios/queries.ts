import { queryOptions } from "@tanstack/react-query";

import type { Month } from "@/lib/domain/month";
import { everyPage, pageParams } from "@/lib/fields/every-page";
import type { Page } from "@/lib/fields/schema";
import { getJson } from "@/lib/http/fetch";
import type { Effects, Scenario, ScenarioProposals } from "@/lib/scenarios/schema";

export const SCENARIOS_PATH = "/api/v1/scenarios";
export const scenarioPath = (id: string) => `${SCENARIOS_PATH}/${id}`;

/** Every scenario with its changes in sentences, in the order of entry. */
export const scenariosQuery = () =>
  queryOptions({
    queryKey: ["scenarios", "list"],
    queryFn: ({ signal }) =>
      everyPage((page) => getJson<Page<Scenario>>(`${SCENARIOS_PATH}?${pageParams(page)}`, signal)),
  });

export type EffectQuestion = {
  readonly id: string;
  readonly with: readonly string[];
  readonly from: Month;
  readonly to: Month;
};

/** What a scenario comes to, and others beside it. A page fills the same key, so the browser starts warm. */
export const effectsQuery = ({ id, with: others, from, to }: EffectQuestion) =>
  queryOptions({
    queryKey: ["scenarios", "effects", { id, others, from, to }],
    queryFn: ({ signal }) =>
      getJson<Effects>(
        `${scenarioPath(id)}/effect?${new URLSearchParams({ from, to, with: others.join(",") })}`,
        signal,
      ),
  });

/** List prices that begin later, with a scenario of each. */
export const proposalsQuery = () =>
  queryOptions({
    queryKey: ["scenarios", "proposals"],
    queryFn: ({ signal }) => getJson<ScenarioProposals>("/api/v1/scenario-proposals", signal),
  });
