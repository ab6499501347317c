"use client";

import { useState } from "react";

import { FindingEvidence } from "@/components/advice/finding-evidence";
import { FindingForm } from "@/components/advice/finding-form";
import { aboutText } from "@/components/advice/finding-words";
import { amountText } from "@/components/advice/findings-table";
import { Facts } from "@/components/ui/facts";
import { useLocale } from "@/components/ui/reader";
import { Sheet } from "@/components/ui/sheet";
import { dateText } from "@/lib/domain/date-text";
import { FINDING_STATUS_NAMES, RULE_NAMES, RULE_TEXTS } from "@/lib/domain/misuse-words";
import { moneyText } from "@/lib/domain/money-text";
import type { Finding } from "@/lib/findings/schema";

type FindingSheetProps = {
  readonly finding: Finding;
  readonly mayReadAccounts: boolean;
  readonly onClose: () => void;
};

/** One finding: why it matters, the rows that prove it, and what becomes of it. */
export function FindingSheet({ finding, mayReadAccounts, onClose }: FindingSheetProps) {
  const locale = useLocale();
  const [dirty, setDirty] = useState(false);
  const { rule, status, amount, acceptedAmount, reason, fixedOn, firstSeenOn, lastSeenOn } = finding;
  const text = (value: typeof amount) => moneyText(value, locale, { withCurrency: true });
  const said = {
    open: reason === "" ? "" : `, accepted before: ${reason}`,
    accepted: acceptedAmount ? `, at ${text(acceptedAmount)} a month: ${reason}` : "",
    fixed: fixedOn ? `, on ${dateText(fixedOn)}` : "",
    gone: `, after ${dateText(lastSeenOn)}`,
  }[status];
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={RULE_NAMES[rule]}
      description={aboutText(finding)}
      width="wide"
      dirty={dirty}
    >
      <div className="flex flex-col gap-5">
        <p className="max-w-prose">{RULE_TEXTS[rule]}</p>
        <Facts
          facts={[
            { term: "A month", value: `${text(amount)} ${amountText(finding)}` },
            { term: "State", value: `${FINDING_STATUS_NAMES[status]}${said}` },
            { term: "Found since", value: dateText(firstSeenOn) },
            ...(finding.member ? [{ term: "Held by", value: <bdi>{finding.member.name}</bdi> }] : []),
            ...(finding.team ? [{ term: "Team", value: <bdi>{finding.team.name}</bdi> }] : []),
            { term: "Owner", value: finding.owner ? <bdi>{finding.owner.name}</bdi> : "nobody yet" },
          ]}
        />
        <FindingEvidence finding={finding} mayReadAccounts={mayReadAccounts} />
        {finding.mayChange && status !== "gone" && (
          <FindingForm finding={finding} onDirty={setDirty} onSaved={onClose} />
        )}
      </div>
    </Sheet>
  );
}
