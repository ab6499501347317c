"use client";

import { useState } from "react";

import { EndSeatForm, LeaveForm, ReassignForm } from "@/components/advice/seat-acts";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import type { PersonAnalysis } from "@/lib/domain/person-analysis";
import type { IdleRow, QuietSeat } from "@/lib/idle-seats/schema";

type QuietSeatsProps = {
  readonly row: IdleRow;
  readonly mayWrite: boolean;
  readonly personAnalysis: PersonAnalysis;
};

const STATE_NAMES: Readonly<Record<QuietSeat["state"], string>> = {
  idle: "idle",
  unknown: "use not known",
  joined: "new, exempt",
  on_leave: "on leave, exempt",
};

/** The held seats that are not known to be used, each with what can be done about it. */
export function QuietSeats({
  row: { seats, subscription, plan },
  mayWrite,
  personAnalysis,
}: QuietSeatsProps) {
  if (seats.length === 0) {
    return (
      <p className="text-muted">
        {personAnalysis === "on"
          ? "Every held seat is used."
          : "Who holds a seat without use is not shown, as the organization chose."}
      </p>
    );
  }
  return (
    <section aria-labelledby="quiet-seats">
      <h3 id="quiet-seats" className="mb-1 font-bold">
        Seats without known use
      </h3>
      <div className="-mx-4">
        <Table caption={`Seats of ${subscription.name}, ${plan.name}, without known use`} divided>
          <TableHead>
            <tr>
              <Column>Held by</Column>
              <Column>State</Column>
              <Column className="max-sm:hidden">Last used</Column>
              <Column>
                <span className="sr-only">What to do</span>
              </Column>
            </tr>
          </TableHead>
          <tbody>
            {seats.map((seat) => (
              <SeatRow key={`${seat.assignmentId} ${seat.version}`} seat={seat} mayWrite={mayWrite} />
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

type Act = "reassign" | "end" | "leave";

function SeatRow({ seat, mayWrite }: { readonly seat: QuietSeat; readonly mayWrite: boolean }) {
  const { member, state, heldFrom, lastUsedOn } = seat;
  const [act, setAct] = useState<Act | null>(null);
  const done = () => setAct(null);
  return (
    <>
      <Row>
        <RowHead className="align-top font-normal text-ink">
          <bdi>{member.name}</bdi>
          <span className="block text-muted text-small">since {dateText(heldFrom)}</span>
        </RowHead>
        <Cell className="align-top">
          <Badge tone={state === "idle" ? "warning" : "neutral"}>{STATE_NAMES[state]}</Badge>
        </Cell>
        <Cell className="whitespace-nowrap align-top max-sm:hidden">
          {lastUsedOn ? dateText(lastUsedOn) : <span className="text-muted">never, as far as is known</span>}
        </Cell>
        <Cell className="align-top">
          {mayWrite && act === null && (
            <span className="flex flex-wrap justify-end gap-2">
              <Button size="small" onClick={() => setAct("reassign")}>
                Reassign<span className="sr-only"> the seat of {member.name}</span>
              </Button>
              <Button size="small" onClick={() => setAct("end")}>
                End<span className="sr-only"> the seat of {member.name}</span>
              </Button>
              {state !== "on_leave" && (
                <Button size="small" onClick={() => setAct("leave")}>
                  On leave<span className="sr-only">: {member.name}</span>
                </Button>
              )}
            </span>
          )}
        </Cell>
      </Row>
      {act !== null && (
        <Row>
          <Cell colSpan={4}>
            {act === "reassign" && <ReassignForm seat={seat} onDone={done} />}
            {act === "end" && <EndSeatForm seat={seat} onDone={done} />}
            {act === "leave" && <LeaveForm seat={seat} onDone={done} />}
          </Cell>
        </Row>
      )}
    </>
  );
}
