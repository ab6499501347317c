"use client";

import Link from "next/link";

import { Amount } from "@/components/ui/amount";
import { useLocale } from "@/components/ui/reader";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { dateText, monthText, periodText } from "@/lib/domain/date-text";
import { moneyText } from "@/lib/domain/money-text";
import { BILLING_MODEL_NAMES, ENTRY_BASIS_NAMES, ENTRY_STATE_NAMES, PURPOSE_NAMES } from "@/lib/domain/words";
import type { LedgerRow } from "@/lib/ledger/schema";

/** One entry of the ledger, read as a sentence: what, whose, how it came here, from which invoice or seat. */
export function EntryRow({ entry }: { readonly entry: LedgerRow }) {
  const { subscription, plan, apiAccount, serviceProvider, charge } = entry;
  const contract = subscription?.name ?? apiAccount?.name ?? charge?.description ?? serviceProvider.name;
  const parts = [serviceProvider.name, plan?.name, charge?.description].filter(
    (part) => part !== undefined && part !== contract,
  );
  return (
    <Row>
      <RowHead className="align-top font-normal">
        {contract}
        <span className="block text-muted text-small">{parts.join(" · ")}</span>
        <span className="block">
          <Holder entry={entry} />
        </span>
        <span className="block text-muted text-small">
          {PURPOSE_NAMES[entry.purpose]} · {BILLING_MODEL_NAMES[entry.billingModel]} ·{" "}
          {monthText(entry.month)}
          {entry.correctionOf !== null && ` · correction of ${monthText(entry.correctionOf)}`}
        </span>
        <span className="block text-muted text-small">
          <Origin entry={entry} />, {howText(entry)}
        </span>
        <Conversion entry={entry} />
      </RowHead>
      <Cell figures className="align-top">
        <Amount value={entry.baseCost} state={entry.state} />
      </Cell>
    </Row>
  );
}

function Holder({ entry: { member, team, product, unassigned } }: { readonly entry: LedgerRow }) {
  const who = unassigned ? "Unassigned" : member?.name;
  return <>{[who, team?.name, product?.name].filter(Boolean).join(" · ") || "No team"}</>;
}

function Origin({ entry: { invoice, subscription, chargePeriod } }: { readonly entry: LedgerRow }) {
  const style = "rounded-sm text-link underline underline-offset-4";
  if (invoice) {
    return (
      <Link href={`/invoices?invoice=${invoice.id}`} prefetch={false} className={style}>
        Invoice {invoice.number}
      </Link>
    );
  }
  if (subscription) {
    return (
      <Link href={`/seats?subscription=${subscription.id}`} prefetch={false} className={style}>
        Seats
      </Link>
    );
  }
  return <>{periodText(chargePeriod)}</>;
}

function howText({ state, basis, seatDays, chargePeriod }: LedgerRow): string {
  const days = seatDays === null ? "" : `, ${seatDays} seat ${seatDays === 1 ? "day" : "days"}`;
  const how = [ENTRY_STATE_NAMES[state], ENTRY_BASIS_NAMES[basis]].filter(Boolean).join(", ");
  return `${how}${days}, for ${periodText(chargePeriod)}`;
}

function Conversion({ entry: { cost, rate, rateDate } }: { readonly entry: LedgerRow }) {
  const locale = useLocale();
  if (rate === null) return null;
  return (
    <span className="block text-muted text-small">
      {moneyText(cost, locale, { withCurrency: true })} at {rate}
      {rateDate && ` of ${dateText(rateDate)}`}
    </span>
  );
}
