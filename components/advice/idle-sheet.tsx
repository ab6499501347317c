"use client";

import { QuietSeats } from "@/components/advice/quiet-seats";
import { ReductionForm } from "@/components/advice/reduction-form";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { useLocale } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { dateText } from "@/lib/domain/date-text";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import type { IdleRow, IdleSeats } from "@/lib/idle-seats/schema";

type IdleSheetProps = {
  readonly idle: IdleSeats;
  readonly row: IdleRow;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
};

/** The seats of one plan that nobody is known to use, and the three things to do: reassign, end, renew with fewer. */
export function IdleSheet({ idle, row, mayWrite, onClose }: IdleSheetProps) {
  const locale = useLocale();
  const { subscription, plan, bought, held, unassigned, idle: idleSeats, knownUntil, renewsOn, actBy } = row;
  const text = (value: Money | null) =>
    value ? moneyText(value, locale, { withCurrency: true }) : "no exchange rate";
  const isKnown = idleSeats !== null;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={subscription.name}
      description={`${plan.name}, ${bought} ${bought === 1 ? "seat" : "seats"}, ${held} held`}
      width="wide"
    >
      <div className="flex flex-col gap-5">
        <Facts
          facts={[
            { term: "A seat a month", value: text(row.price) },
            {
              term: "Exposed",
              value: `${text(row.exposed)}: ${isKnown ? `${idleSeats} idle and ` : ""}${unassigned} unassigned`,
            },
            ...(isKnown
              ? [
                  { term: "Reassignable now", value: text(row.reassignable) },
                  {
                    term: "Reducible",
                    value: `${text(row.reducible)}: ${row.reducibleSeats} at the renewal`,
                  },
                ]
              : []),
            {
              term: "Act by",
              value:
                actBy && renewsOn
                  ? `${dateText(actBy)}, for the renewal on ${dateText(renewsOn)}`
                  : "nothing renews",
            },
            {
              term: "Use is known",
              value: knownUntil
                ? `of everybody up to ${dateText(knownUntil)}`
                : "of nobody but those whose own files told it; who is silent is not counted as idle",
            },
          ]}
        />
        <QuietSeats row={row} mayWrite={mayWrite} personAnalysis={idle.personAnalysis} />
        {mayWrite && row.reducibleSeats > 0 && renewsOn && row.renewalPrice && (
          <ReductionForm key={`${subscription.id} ${plan.id} ${bought}`} row={row} onDone={onClose} />
        )}
        <p>
          <LinkButton href={`/seats?subscription=${subscription.id}`}>Open the contract</LinkButton>
        </p>
      </div>
    </Sheet>
  );
}
