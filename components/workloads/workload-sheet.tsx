"use client";

import { useState } from "react";

import { History } from "@/components/audit/history";
import { useSave } from "@/components/shell/use-save";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { Sheet } from "@/components/ui/sheet";
import { useToast } from "@/components/ui/toast";
import { WorkloadForm } from "@/components/workloads/workload-form";
import { Cost } from "@/components/workloads/workload-table";
import { RISK_TEXT, VERDICT_NAMES } from "@/lib/domain/workload-words";
import { sendJson } from "@/lib/http/fetch";
import { workloadPath, workloadsQuery } from "@/lib/workloads/queries";
import type { Workload } from "@/lib/workloads/schema";

type WorkloadSheetProps = {
  readonly workload: Workload;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
};

/** The advice on a workload with the answers that decided it, and the answers themselves. */
export function WorkloadSheet({ workload, mayWrite, onClose }: WorkloadSheetProps) {
  const [dirty, setDirty] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(next) => !next && onClose()}
      title={workload.name}
      description={workload.product?.name}
      width="wide"
      dirty={dirty}
    >
      <div className="flex flex-col gap-6">
        <Advice workload={workload} />
        {mayWrite && (
          <section aria-labelledby="workload-answers" className="flex flex-col gap-3">
            <h3 id="workload-answers" className="font-bold">
              Answers
            </h3>
            <WorkloadForm
              key={workload.version}
              workload={workload}
              onDirty={setDirty}
              onSaved={() => setDirty(false)}
            />
            <Remove workload={workload} onRemoved={onClose} />
          </section>
        )}
        <History of="workload" id={workload.id} />
      </div>
    </Sheet>
  );
}

function Advice({ workload }: { readonly workload: Workload }) {
  const { verdict, reasons, atRisk, apiCost, seatsCost, apiAccounts, subscriptions } = workload;
  return (
    <section aria-labelledby="workload-advice" className="flex flex-col gap-3">
      <h3 id="workload-advice" className="font-bold text-title">
        {VERDICT_NAMES[verdict]}
      </h3>
      <ul className="flex list-disc flex-col gap-1 pl-5">
        {reasons.map(({ answer, decides, text }) => (
          <li key={answer} className={decides ? "font-medium" : "text-muted"}>
            {text}
          </li>
        ))}
      </ul>
      {atRisk && <Banner tone="warning">{RISK_TEXT}</Banner>}
      <Facts
        facts={[
          { term: "In tokens, a month", value: <Cost value={apiCost} withCurrency /> },
          { term: "In seats, a month", value: <Cost value={seatsCost} withCurrency /> },
        ]}
      />
      {workload.note !== "" && <p className="max-w-prose whitespace-pre-line text-muted">{workload.note}</p>}
      <div className="flex flex-wrap gap-2">
        {verdict !== "subscription" &&
          apiAccounts.map(({ id, name }) => (
            <LinkButton key={id} href={`/api-accounts?account=${id}`}>
              Use account {name}
            </LinkButton>
          ))}
        {verdict !== "subscription" && apiAccounts.length === 0 && (
          <LinkButton href="/api-accounts?account=new">Add an API account for it</LinkButton>
        )}
        {verdict !== "api" &&
          subscriptions.map(({ id, name }) => (
            <LinkButton key={id} href={`/seats?subscription=${id}`}>
              Take a seat of {name}
            </LinkButton>
          ))}
        {verdict !== "api" && subscriptions.length === 0 && (
          <LinkButton href="/seats?subscription=new">Add a subscription for it</LinkButton>
        )}
      </div>
    </section>
  );
}

function Remove({ workload, onRemoved }: { readonly workload: Workload; readonly onRemoved: () => void }) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { id, name, version } = workload;
  const remove = useSave(() => sendJson<void>(workloadPath(id), { method: "DELETE", version }), {
    invalidates: [workloadsQuery().queryKey],
  });
  return (
    <>
      <Button variant="secondary" className="self-start" onClick={() => setAsking(true)}>
        Throw away
      </Button>
      <Confirm
        open={asking}
        onOpenChange={setAsking}
        title={`Throw “${name}” away?`}
        confirmLabel="Throw away"
        busy={remove.isPending}
        onConfirm={async () => {
          try {
            await remove.mutateAsync();
          } catch (error) {
            toast({ title: (error as Error).message, tone: "danger" });
            return;
          }
          toast({ title: `${name} was thrown away` });
          onRemoved();
        }}
      >
        The description and its advice are gone. The books do not change.
      </Confirm>
    </>
  );
}
