"use client";

import { useQuery } from "@tanstack/react-query";

import { ThresholdForm } from "@/components/plan/threshold-form";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { Sheet } from "@/components/ui/sheet";
import { shareName } from "@/lib/domain/alert-words";
import { sendJson } from "@/lib/http/fetch";
import { thresholdPath, thresholdsQuery } from "@/lib/thresholds/queries";

type ThresholdsSheetProps = {
  readonly rights: { readonly all: boolean; readonly teams: boolean };
  readonly onClose: () => void;
};

/** At which shares of a month's budget an alert is raised. */
export function ThresholdsSheet({ rights, onClose }: ThresholdsSheetProps) {
  const thresholds = useQuery(thresholdsQuery());
  const remove = useSave((id: string) => sendJson(thresholdPath(id), { method: "DELETE" }), {
    invalidates: [["thresholds"]],
  });
  const mayWrite = rights.all || rights.teams;

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title="Budget alerts"
      description="One for each share and month, on the budget page, once the month’s cost, or its forecast, has come to it. Owners, finance and the lead of the team are told by message, and webhooks."
    >
      <div className="flex flex-col gap-4">
        {thresholds.data?.length === 0 && (
          <p className="text-muted">Nothing is watched yet. Usual shares are 50, 80 and 100 %.</p>
        )}
        <ul aria-label="Shares that are watched" className="flex flex-col">
          {thresholds.data?.map(({ id, percent, ...share }) => (
            <li key={id} className="flex items-center justify-between gap-3 border-line border-b py-1">
              <span>
                <strong className="font-medium tabular-nums">{percent} %</strong> of {shareName(share)}
                {share.basis === "forecast" && ", by forecast"}
              </span>
              {(rights.all || (rights.teams && share.team !== null)) && (
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Watch ${percent} % of ${shareName(share)}${share.basis === "forecast" ? ", by forecast," : ""} no more`}
                  onClick={() => remove.mutate(id)}
                >
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
        <FieldError id="thresholds-error" error={remove.error?.message} />
        {mayWrite && <ThresholdForm wholeToo={rights.all} />}
      </div>
    </Sheet>
  );
}
