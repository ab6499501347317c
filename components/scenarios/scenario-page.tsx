"use client";

import Link from "next/link";
import { useState } from "react";

import { ComparePicker } from "@/components/scenarios/compare-picker";
import { EffectCards } from "@/components/scenarios/effect-cards";
import { RemoveScenario } from "@/components/scenarios/remove-scenario";
import { ScenarioForm } from "@/components/scenarios/scenario-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Sheet } from "@/components/ui/sheet";
import { useToast } from "@/components/ui/toast";
import type { Month } from "@/lib/domain/month";
import type { Scenario } from "@/lib/scenarios/schema";

type ScenarioPageProps = {
  readonly scenario: Scenario;
  readonly all: readonly Scenario[];
  /** What stands beside it. */
  readonly others: readonly string[];
  readonly running: Month;
  readonly mayWrite: boolean;
};

/** One scenario: what it changes, and what each line comes to, beside the forecast and up to two others. */
export function ScenarioPage({ scenario, all, others, running, mayWrite }: ScenarioPageProps) {
  const toast = useToast();
  const [editing, setEditing] = useState(false);
  const [dirty, setDirty] = useState(false);
  const copyLink = async () => {
    await navigator.clipboard.writeText(window.location.href);
    toast({ title: "The address was copied. Whoever may see scenarios here can open it." });
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <Link href="/advice/scenarios" className="rounded-sm text-muted text-small hover:underline">
            ‹ Scenarios
          </Link>
          <h2 className="font-bold text-title">
            <bdi>{scenario.name}</bdi>
          </h2>
          {scenario.note !== "" && (
            <p className="max-w-prose whitespace-pre-line text-muted">{scenario.note}</p>
          )}
        </div>
        <div data-print="hide" className="flex flex-wrap gap-2">
          <Button onClick={copyLink}>Copy link</Button>
          {mayWrite && <RemoveScenario scenario={scenario} />}
          {mayWrite && (
            <Button variant="primary" onClick={() => setEditing(true)}>
              Change it
            </Button>
          )}
        </div>
      </div>
      <Card label="What it changes">
        <h3 className="font-bold">What it changes</h3>
        <Changes scenario={scenario} />
      </Card>
      <ComparePicker scenario={scenario} all={all} others={others} />
      <EffectCards id={scenario.id} others={others} running={running} />
      {editing && (
        <Sheet
          open
          onOpenChange={(next) => !next && setEditing(false)}
          title={`Change ${scenario.name}`}
          width="wide"
          dirty={dirty}
        >
          <ScenarioForm scenario={scenario} onDirty={setDirty} onSaved={() => setEditing(false)} />
        </Sheet>
      )}
    </div>
  );
}

function Changes({ scenario: { changes, hiddenChanges } }: { readonly scenario: Scenario }) {
  if (changes.length + hiddenChanges === 0) {
    return <p className="text-muted">Nothing yet: it is the forecast.</p>;
  }
  return (
    <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-5">
      {changes.map(({ text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, and never move.
        <li key={index}>{text}</li>
      ))}
      {hiddenChanges > 0 && (
        <li className="text-muted">
          {hiddenChanges} {hiddenChanges === 1 ? "change" : "changes"} of contracts of other teams
        </li>
      )}
    </ul>
  );
}
