"use client";

import { useQuery } from "@tanstack/react-query";

import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { proposalsQuery, SCENARIOS_PATH, scenariosQuery } from "@/lib/scenarios/queries";
import type { Scenario, ScenarioBody } from "@/lib/scenarios/schema";

type ProposalsProps = { readonly mayWrite: boolean; readonly onMade: (scenario: Scenario) => void };

/** List prices that are known to come, with what each does at each contract's renewal. */
export function Proposals({ mayWrite, onMade }: ProposalsProps) {
  const toast = useToast();
  const proposals = useQuery(proposalsQuery());
  const make = useSave(
    (body: ScenarioBody) =>
      sendJson<Scenario>(SCENARIOS_PATH, { method: "POST", body, idempotencyKey: crypto.randomUUID() }),
    { invalidates: [scenariosQuery().queryKey] },
  );
  if (!proposals.data || proposals.data.data.length === 0) return null;
  return (
    <Card label="List prices that change">
      <h2 className="font-bold">List prices that change</h2>
      <p className="max-w-prose text-muted">
        The forecast follows them from each renewal on. A scenario without one shows what it costs.
      </p>
      <ul className="mt-3 flex flex-col gap-3">
        {proposals.data.data.map(({ title, contracts, scenario }) => (
          <li
            key={title}
            className="flex flex-wrap items-start justify-between gap-3 border-line border-t pt-3"
          >
            <div className="min-w-0">
              <h3 className="font-medium">{title}</h3>
              <ul className="text-muted text-small">
                {contracts.map(({ subscription, text }) => (
                  <li key={subscription.id}>
                    <bdi>{subscription.name}</bdi>: {text}
                  </li>
                ))}
              </ul>
            </div>
            {mayWrite && (
              <Button
                busy={make.isPending}
                onClick={async () => {
                  try {
                    onMade(await make.mutateAsync(scenario));
                  } catch (error) {
                    toast({ title: (error as Error).message, tone: "danger" });
                  }
                }}
              >
                Show its effect
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
