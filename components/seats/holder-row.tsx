"use client";

import { useState } from "react";

import { MONEY_KEYS } from "@/components/shell/money-keys";
import { useSave } from "@/components/shell/use-save";
import { Button } from "@/components/ui/button";
import { DateInput } from "@/components/ui/date-input";
import { FieldError } from "@/components/ui/field";
import { useToday } from "@/components/ui/reader";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import { dateText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import { sendJson } from "@/lib/http/fetch";
import { assignmentPath } from "@/lib/subscriptions/queries";
import type { SeatHolding } from "@/lib/subscriptions/schema";

type HolderRowProps = {
  readonly holding: SeatHolding;
  /** What the contract's seats count as, unless one says otherwise. */
  readonly usual: Purpose;
  readonly mayWrite: boolean;
};

/** One seat that somebody holds or held, ended in place. */
export function HolderRow({ holding, usual, mayWrite }: HolderRowProps) {
  const { member, plan, startsOn, endsOn, purpose, product } = holding;
  const [ending, setEnding] = useState(false);
  return (
    <Row>
      <RowHead className="align-top font-normal">{member.name}</RowHead>
      <Cell className="align-top text-muted">{plan.name}</Cell>
      <Cell className="whitespace-nowrap align-top">{dateText(startsOn)}</Cell>
      <Cell className="whitespace-nowrap align-top">{endsOn ? dateText(endsOn) : "·"}</Cell>
      <Cell className="align-top text-muted">
        {[PURPOSE_NAMES[purpose ?? usual], product?.name].filter(Boolean).join(", ")}
      </Cell>
      <Cell className="text-right align-top">
        {mayWrite && endsOn === null && !ending && (
          <Button size="small" onClick={() => setEnding(true)}>
            End<span className="sr-only"> the seat of {member.name}</span>
          </Button>
        )}
        {ending && <EndForm holding={holding} onDone={() => setEnding(false)} />}
      </Cell>
    </Row>
  );
}

function EndForm({ holding, onDone }: { readonly holding: SeatHolding; readonly onDone: () => void }) {
  const toast = useToast();
  const [endsOn, setEndsOn] = useState<string | null>(useToday());
  const { id, version, member } = holding;
  const save = useSave(
    async () => {
      await sendJson(assignmentPath(id), { method: "PATCH", version, body: { endsOn } });
      // Said here, because the row of a seat that has ended is gone as soon as the list is read again.
      toast({ title: `The seat of ${member.name} ends${endsOn ? ` on ${dateText(endsOn)}` : ""}` });
    },
    { invalidates: MONEY_KEYS },
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined, { onSuccess: onDone });
      }}
      className="ml-auto flex w-56 flex-col gap-1 text-left"
    >
      <DateInput
        aria-label={`First day without the seat of ${member.name}`}
        value={endsOn}
        onChange={setEndsOn}
        autoFocus
      />
      <FieldError id={`end-${id}-error`} error={save.error?.message} />
      <span className="flex justify-end gap-2">
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
        <Button size="small" type="submit" variant="primary" busy={save.isPending} disabled={endsOn === null}>
          End seat
        </Button>
      </span>
    </form>
  );
}
