"use client";

import { useState } from "react";

import { AssignForm } from "@/components/seats/assign-form";
import { HolderRow } from "@/components/seats/holder-row";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useToday } from "@/components/ui/reader";
import { Column, Table, TableHead } from "@/components/ui/table";
import type { Member } from "@/lib/members/schema";
import type { Subscription } from "@/lib/subscriptions/schema";

type HoldersProps = {
  readonly contract: Subscription;
  readonly members: readonly Member[];
  readonly mayWrite: boolean;
};

/** Who holds a seat, from when to when. */
export function Holders({ contract, members, mayWrite }: HoldersProps) {
  const today = useToday();
  const [past, setPast] = useState(false);
  const [adding, setAdding] = useState(false);
  const { assignments, hiddenHolders, plans } = contract;
  const ended = assignments.filter(({ endsOn }) => endsOn !== null && endsOn <= today);
  const shown = past ? assignments : assignments.filter((one) => !ended.includes(one));

  return (
    <section aria-labelledby="holders" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="holders" className="font-bold">
          Holders
        </h3>
        <div className="flex items-center gap-3">
          {ended.length > 0 && (
            <Checkbox
              label={`Show ${ended.length} ended`}
              checked={past}
              onChange={({ target }) => setPast(target.checked)}
            />
          )}
          {mayWrite && !adding && plans.length > 0 && (
            <Button size="small" onClick={() => setAdding(true)}>
              Assign seats
            </Button>
          )}
        </div>
      </div>
      {adding && <AssignForm contract={contract} members={members} onDone={() => setAdding(false)} />}
      {shown.length > 0 ? (
        <div className="-mx-5">
          <Table caption="Holders of seats" divided>
            <TableHead>
              <tr>
                <Column>Member</Column>
                <Column>Plan</Column>
                <Column>From</Column>
                <Column>Until</Column>
                <Column>Counts as</Column>
                <Column>
                  <span className="sr-only">Actions</span>
                </Column>
              </tr>
            </TableHead>
            <tbody>
              {shown.map((holding) => (
                <HolderRow
                  key={holding.id}
                  holding={holding}
                  usual={contract.defaultPurpose}
                  mayWrite={mayWrite}
                />
              ))}
            </tbody>
          </Table>
        </div>
      ) : (
        <p className="text-muted">Nobody holds a seat of this contract today.</p>
      )}
      {hiddenHolders > 0 && (
        <p className="text-muted text-small">
          {hiddenHolders} more {hiddenHolders === 1 ? "is" : "are"} held in other teams.
        </p>
      )}
    </section>
  );
}
