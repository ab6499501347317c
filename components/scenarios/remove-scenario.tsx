"use client";

import { useState } from "react";

import { useAddressParam } from "@/components/shell/use-address";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { useToast } from "@/components/ui/toast";
import { sendJson } from "@/lib/http/fetch";
import { scenarioPath, scenariosQuery } from "@/lib/scenarios/queries";
import type { Scenario } from "@/lib/scenarios/schema";

export function RemoveScenario({ scenario: { id, name, version } }: { readonly scenario: Scenario }) {
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const [, setOpen] = useAddressParam("scenario");
  const remove = useSave(() => sendJson<void>(scenarioPath(id), { method: "DELETE", version }), {
    invalidates: [scenariosQuery().queryKey],
  });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Throw away</Button>
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
          setOpen(null);
        }}
      >
        Its changes are gone, and its address leads to the list. The books do not change.
      </Confirm>
    </>
  );
}
