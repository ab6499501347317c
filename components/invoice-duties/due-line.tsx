import { Badge } from "@/components/ui/badge";
import { dateText } from "@/lib/domain/date-text";
import type { DueBy } from "@/lib/invoice-duties/schema";

/** Who enters an invoice and until when. */
export function DueLine({ due: { responsible, dueOn, overdue } }: { readonly due: DueBy }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 font-normal text-muted text-small">
      {responsible.name}, by {dateText(dueOn)}
      {overdue && <Badge tone="warning">Late</Badge>}
    </span>
  );
}
