import Link from "next/link";
import type { ReactNode } from "react";

import { Amount, AmountAction, NotApplicable } from "@/components/ui/amount";
import { Badge } from "@/components/ui/badge";
import { Cell, Row, RowHead } from "@/components/ui/table";
import { dateText, monthText } from "@/lib/domain/date-text";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { Evidence } from "@/lib/findings/schema";
import type { UsageRowsAsked } from "@/lib/usage/queries";

/** What opens behind an amount: entries of the books, or rows of usage. */
export type Opened =
  | { readonly kind: "entries"; readonly title: string; readonly filter: Readonly<Record<string, string>> }
  | { readonly kind: "usage"; readonly title: string; readonly asked: UsageRowsAsked };

type ProofRowProps = {
  readonly proof: Evidence;
  readonly mayReadAccounts: boolean;
  readonly onOpen: (opened: Opened) => void;
};

/** One row of the books that proves a finding. */
export function ProofRow({ proof, mayReadAccounts, onOpen }: ProofRowProps) {
  switch (proof.kind) {
    case "account": {
      const { account, since, purpose, tool } = proof;
      const counts = purpose ? `counts as ${PURPOSE_NAMES[purpose].toLowerCase()}` : "counts in both lines";
      return (
        <Proof
          name={<To href={mayReadAccounts ? `/api-accounts?account=${account.id}` : null}>{account.name}</To>}
          hint={tool ? `${counts}, set up for ${tool.name}` : counts}
          when={since ? `since ${dateText(since)}` : null}
        />
      );
    }
    case "cost": {
      const { account, month, purpose, amount } = proof;
      const title = `${account.name}, ${PURPOSE_NAMES[purpose].toLowerCase()}, ${monthText(month)}`;
      const filter = {
        ...{ month, purpose, apiAccountId: account.id, billingModel: "metered" },
        ...{ chargeCategory: "usage", corrections: "none" },
      };
      return (
        <Proof name={account.name} hint={PURPOSE_NAMES[purpose]} when={monthText(month)}>
          <AmountAction
            value={amount}
            describes={`entries of ${title}`}
            onClick={() => onOpen({ kind: "entries", title, filter })}
          />
        </Proof>
      );
    }
    case "use": {
      const { account, member, month, days, amount } = proof;
      const title = [member?.name, account?.name, monthText(month)].filter(Boolean).join(", ");
      const asked = {
        ...{ from: month, to: month, ...(account && { apiAccountId: account.id }) },
        ...(member && { memberId: member.id }),
      };
      return (
        <Proof
          name={account ? `Use of ${account.name}` : "Use of keys"}
          hint={`${member ? member.name : "somebody of another team"}${days === null ? "" : `, ${days} days`}`}
          when={monthText(month)}
        >
          {member ? (
            <AmountAction
              value={amount}
              describes={`rows of the use of ${title}`}
              onClick={() => onOpen({ kind: "usage", title, asked })}
            />
          ) : (
            <Amount value={amount} />
          )}
        </Proof>
      );
    }
    case "seat": {
      const { subscription, plan, member, startsOn, amount, covered } = proof;
      return (
        <Proof
          name={<To href={`/seats?subscription=${subscription.id}`}>{plan.name}</To>}
          hint={`${subscription.name}${member ? `, held by ${member.name}` : ""}`}
          badge={covered ? "covered by another" : null}
          when={`since ${dateText(startsOn)}`}
        >
          <Amount value={amount} />
        </Proof>
      );
    }
    case "plan":
      return (
        <Proof name={proof.plan.name} hint="a seat of it, at the list price" when={null}>
          <Amount value={proof.amount} />
        </Proof>
      );
  }
}

type ProofProps = {
  readonly name: ReactNode;
  readonly hint: string;
  readonly when: string | null;
  readonly badge?: string | null;
  readonly children?: ReactNode;
};

function Proof({ name, hint, when, badge, children }: ProofProps) {
  return (
    <Row>
      <RowHead className="font-normal text-ink">
        <bdi>{name}</bdi> {badge && <Badge tone="warning">{badge}</Badge>}
        <span className="block text-muted text-small">
          <bdi>{hint}</bdi>
        </span>
      </RowHead>
      <Cell>{when ?? <NotApplicable />}</Cell>
      <Cell figures>{children ?? <NotApplicable />}</Cell>
    </Row>
  );
}

function To({ href, children }: { readonly href: string | null; readonly children: string }) {
  if (href === null) return children;
  return (
    <Link href={href} prefetch={false} className="rounded-sm underline underline-offset-4 hover:decoration-2">
      {children}
    </Link>
  );
}
