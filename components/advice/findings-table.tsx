import { aboutText } from "@/components/advice/finding-words";
import { Amount, NotApplicable } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { MISUSE_RULES } from "@/lib/domain/misuse-rules";
import { AMOUNT_TEXTS, RULE_NAMES } from "@/lib/domain/misuse-words";
import type { Finding } from "@/lib/findings/schema";

type FindingsTableProps = {
  readonly currency: string;
  readonly findings: readonly Finding[];
  readonly openId: string | null;
  readonly onOpen: (id: string) => void;
};

/** What was found, the most money first; the name opens the evidence and what can be said of it. */
export function FindingsTable({ currency, findings, openId, onOpen }: FindingsTableProps) {
  return (
    <Table caption={`Findings, a month, in ${currency}`} divided>
      <TableHead>
        <tr>
          <Column>Finding</Column>
          <Column className="max-md:hidden">Held by</Column>
          <Column className="max-md:hidden">Team</Column>
          <Column className="max-sm:hidden">Owner</Column>
          <Column className="max-lg:hidden">Since</Column>
          <Column figures>A month, {currency}</Column>
        </tr>
      </TableHead>
      <tbody>
        {findings.map((finding) => (
          <Row key={finding.id} selected={finding.id === openId}>
            <RowHead className="font-normal">
              <button
                type="button"
                onClick={() => onOpen(finding.id)}
                className="rounded-sm text-left font-bold text-ink hover:underline"
              >
                {RULE_NAMES[finding.rule]}
                <span className="sr-only">, {aboutText(finding)}</span>
              </button>
              <span className="block text-muted text-small">
                <bdi>{aboutText(finding)}</bdi>
                {finding.member && (
                  <span className="md:hidden">
                    , <bdi>{finding.member.name}</bdi>
                  </span>
                )}
              </span>
              {finding.status === "accepted" && (
                <span className="block text-small">
                  <bdi>{finding.reason}</bdi>
                </span>
              )}
            </RowHead>
            <Cell className="max-md:hidden">
              <NameOf named={finding.member} />
            </Cell>
            <Cell className="max-md:hidden">
              <NameOf named={finding.team} />
            </Cell>
            <Cell className="max-sm:hidden">
              {finding.owner ? (
                <NameOf named={finding.owner} />
              ) : (
                <span className="text-muted">nobody yet</span>
              )}
            </Cell>
            <Cell className="whitespace-nowrap max-lg:hidden">{dateText(finding.firstSeenOn)}</Cell>
            <Cell figures>
              <Amount value={finding.amount} className="font-bold" />
              <span className="block text-muted text-small">{amountText(finding)}</span>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

export const amountText = ({ rule }: Pick<Finding, "rule">): string =>
  AMOUNT_TEXTS[MISUSE_RULES.find(({ id }) => id === rule)?.amount ?? "cost"];

function NameOf({ named }: { readonly named: { readonly name: string } | null }) {
  return named ? <bdi>{named.name}</bdi> : <NotApplicable />;
}
