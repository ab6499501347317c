"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { DutyForm } from "@/components/invoice-duties/duty-form";
import { dutyText } from "@/components/invoice-duties/duty-words";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { dutiesQuery } from "@/lib/invoice-duties/queries";
import type { InvoiceDuty } from "@/lib/invoice-duties/schema";

/** Every contract with who enters its invoice and until when, changed in place. */
export function DutiesSheet({ onClose }: { readonly onClose: () => void }) {
  const duties = useQuery(dutiesQuery());
  const [openId, setOpen] = useState<string | null>(null);
  const [dirty, setDirty] = useState(false);
  const open = (id: string | null) => {
    setOpen(id);
    setDirty(false);
  };

  return (
    <Sheet
      open
      onOpenChange={(next) => !next && onClose()}
      title="Who enters what"
      description="Whoever enters a contract’s invoice is reminded once, by message, when its day has passed without it."
      dirty={dirty}
    >
      {duties.isPending && <Skeleton className="h-64" />}
      {duties.isError && (
        <ErrorState title="The contracts could not be read" onRetry={() => duties.refetch()}>
          {duties.error.message}
        </ErrorState>
      )}
      {duties.data?.length === 0 && (
        <p className="text-muted">There is no contract yet whose invoice somebody could enter.</p>
      )}
      <ul aria-label="Contracts" className="flex flex-col">
        {duties.data?.map((duty) => (
          <DutyItem
            key={duty.id}
            duty={duty}
            open={duty.id === openId}
            onOpen={() => open(duty.id)}
            onDirty={setDirty}
            onDone={() => open(null)}
          />
        ))}
      </ul>
    </Sheet>
  );
}

type DutyItemProps = {
  readonly duty: InvoiceDuty;
  readonly open: boolean;
  readonly onOpen: () => void;
  readonly onDirty: (dirty: boolean) => void;
  readonly onDone: () => void;
};

function DutyItem({ duty, open, onOpen, onDirty, onDone }: DutyItemProps) {
  const { name, serviceProvider, responsible } = duty;
  return (
    <li className="flex flex-col gap-3 border-line border-b py-2">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0">
          <p className="break-words">
            <span className="text-muted">{serviceProvider.name} · </span>
            {name}
          </p>
          <p className="text-muted text-small">{dutyText(duty)}</p>
        </div>
        {!open && (
          <Button size="small" variant="quiet" onClick={onOpen}>
            {responsible ? "Change" : "Name somebody"}
            <span className="sr-only"> who enters the invoice of {name}</span>
          </Button>
        )}
      </div>
      {open && <DutyForm duty={duty} onDirty={onDirty} onDone={onDone} />}
    </li>
  );
}
