"use client";

import { useQuery } from "@tanstack/react-query";

import { BreakEvenDetails } from "@/components/advice/break-even-details";
import { Sheet } from "@/components/ui/sheet";
import { breakEvenDetailQuery, type DetailAsked } from "@/lib/break-even/queries";
import { BREAK_EVEN_OF } from "@/lib/break-even/schema";
import { monthText } from "@/lib/domain/date-text";
import type { Month } from "@/lib/domain/month";

type BreakEvenSheetProps = {
  /** "members:id:provider", as the address keeps it. */
  readonly who: string | null;
  readonly month: Month;
  readonly onClose: () => void;
};

/** The picture and the evidence of one row, from the right. */
export function BreakEvenSheet({ who, month, onClose }: BreakEvenSheetProps) {
  const asked = askedOf(who, month);
  return asked ? <OpenSheet asked={asked} onClose={onClose} /> : null;
}

function OpenSheet({ asked, onClose }: { readonly asked: DetailAsked; readonly onClose: () => void }) {
  const { data } = useQuery(breakEvenDetailQuery(asked));
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={data?.subject.name ?? "Break-even"}
      description={data && `${data.serviceProvider.name}, ${monthText(data.from)} to ${monthText(data.to)}`}
      width="wide"
    >
      <BreakEvenDetails asked={asked} />
    </Sheet>
  );
}

function askedOf(who: string | null, month: Month): DetailAsked | null {
  const [kind, id = "", serviceProviderId = ""] = who?.split(":") ?? [];
  const of = BREAK_EVEN_OF.find((each) => each === kind);
  return of && id !== "" && serviceProviderId !== "" ? { of, id, serviceProviderId, month } : null;
}
