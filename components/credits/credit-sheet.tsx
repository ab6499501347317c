"use client";

import { useState } from "react";

import { History } from "@/components/audit/history";
import { CreditForm } from "@/components/credits/credit-form";
import { CREDIT_KIND_NAMES, CREDIT_STATE_NAMES, scopeText } from "@/components/credits/credit-words";
import { VoidDialog } from "@/components/shell/void-dialog";
import { Amount } from "@/components/ui/amount";
import { Button } from "@/components/ui/button";
import { Facts } from "@/components/ui/facts";
import { LinkButton } from "@/components/ui/link-button";
import { Sheet } from "@/components/ui/sheet";
import { voidGrantPath } from "@/lib/credit-grants/queries";
import type { CreditGrant } from "@/lib/credit-grants/schema";
import type { Currency } from "@/lib/domain/currency";
import { dateText, instantText } from "@/lib/domain/date-text";

type CreditSheetProps = {
  readonly grant: CreditGrant;
  readonly currency: Currency;
  readonly mayWrite: boolean;
  readonly onClose: () => void;
};

/** A credit: where it stands, and what was entered of it. */
export function CreditSheet({ grant, currency, mayWrite, onClose }: CreditSheetProps) {
  const [dirty, setDirty] = useState(false);
  const [voiding, setVoiding] = useState(false);
  const mayChange = mayWrite && grant.void === null;
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={scopeText(grant)}
      description={`${CREDIT_KIND_NAMES[grant.kind]}, ${CREDIT_STATE_NAMES[grant.state]}`}
      dirty={dirty}
    >
      <div className="flex flex-col gap-6">
        <Facts facts={factsOf(grant)} />
        {grant.kind === "purchase" && grant.charge === null && !grant.void && (
          <p className="text-muted">
            The line that bought it is not in the books: until it is named here, what is drawn counts as an
            estimate.
          </p>
        )}
        {mayChange && (
          <section aria-labelledby="credit-facts" className="flex flex-col gap-3">
            <h3 id="credit-facts" className="font-bold">
              Credit
            </h3>
            <CreditForm
              key={grant.version}
              grant={grant}
              currency={currency}
              onDirty={setDirty}
              onSaved={() => setDirty(false)}
            />
            <Button variant="secondary" className="self-start" onClick={() => setVoiding(true)}>
              Void credit
            </Button>
          </section>
        )}
        {mayWrite && (
          <VoidDialog
            path={voidGrantPath(grant.id)}
            version={grant.version}
            title="Void this credit?"
            description="What it paid for is cost again. The credit stays in the books to be read."
            action="Void credit"
            done="The credit was voided"
            open={voiding}
            onOpenChange={setVoiding}
          />
        )}
        <History of="credit_grant" id={grant.id} />
      </div>
    </Sheet>
  );
}

function factsOf(grant: CreditGrant) {
  const { kind, charge, drawn, cost, balance, expired, over, burnDownOn } = grant;
  const amount = (term: string, value: CreditGrant["drawn"]) => ({
    term,
    value: <Amount value={value} withCurrency />,
  });
  return [
    amount(kind === "allowance" ? "Included this month" : "Amount", grant.included),
    amount("Before credits", drawn),
    amount("Cost", cost),
    amount("Balance", balance),
    ...(expired.minor > 0 ? [amount("Expired unused", expired)] : []),
    ...(over.minor > 0 ? [amount("Used beyond it", over)] : []),
    ...(burnDownOn ? [{ term: "Used up on", value: `${dateText(burnDownOn)}, as it is used lately` }] : []),
    ...(charge
      ? [
          {
            term: "Bought by",
            value: (
              <LinkButton size="small" href={`/invoices?invoice=${charge.invoice.id}`}>
                {charge.invoice.number}
              </LinkButton>
            ),
          },
        ]
      : []),
    ...(grant.note ? [{ term: "Note", value: grant.note }] : []),
    ...(grant.void ? [{ term: "Voided", value: `${instantText(grant.void.at)}: ${grant.void.reason}` }] : []),
  ];
}
