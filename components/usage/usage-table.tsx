import { NotApplicable } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import {
  allTokens,
  COST_KIND_NAMES,
  cacheShareText,
  costText,
  countText,
  GROUP_NAMES,
  perMillionText,
  tokensText,
} from "@/components/usage/usage-words";
import { dateText } from "@/lib/domain/date-text";
import { USAGE_COST_KINDS, type UsageCostKind } from "@/lib/domain/usage";
import type { UsageRowsAsked } from "@/lib/usage/queries";
import type { UsageReport, UsageRowGroup, UsageSums } from "@/lib/usage/schema";

type Asked = Omit<UsageRowsAsked, "from" | "to">;

type UsageTableProps = {
  readonly report: UsageReport;
  readonly onRows: (title: string, asked: Asked) => void;
};

/** Sums of use; what is spent and what a flat plan's use would have cost stand in columns of their own. */
export function UsageTable({ report, onRows }: UsageTableProps) {
  const { groupBy, groups, total } = report;
  const currencies = [...new Set(total.costs.map(({ currency }) => currency))];
  const kinds = USAGE_COST_KINDS.filter((kind) => total.costs.some(({ costKind }) => costKind === kind));
  const detailed = groupBy !== "day";
  return (
    <Table caption={`Usage by ${GROUP_NAMES[groupBy].toLowerCase()}, in ${currencies.join(" and ")}`} divided>
      <TableHead>
        <tr>
          <Column pinned>{GROUP_NAMES[groupBy]}</Column>
          <Column figures>Tokens</Column>
          {detailed && <Column figures>From cache</Column>}
          <Column figures>Requests</Column>
          {kinds.map((kind) => (
            <Column key={kind} figures>
              {COST_KIND_NAMES[kind]}, {currencies.join(", ")}
            </Column>
          ))}
          <Column figures>A million tokens</Column>
        </tr>
      </TableHead>
      <tbody>
        {groups.map((row) => (
          <Row key={row.group?.id ?? "none"}>
            <RowHead pinned className="font-normal text-ink">
              <GroupName row={row} groupBy={groupBy} onRows={onRows} />
            </RowHead>
            <Figures sums={row} kinds={kinds} detailed={detailed} />
          </Row>
        ))}
      </tbody>
      <tfoot>
        <Row>
          <RowHead pinned>Total</RowHead>
          <Figures sums={total} kinds={kinds} detailed={detailed} />
        </Row>
      </tfoot>
    </Table>
  );
}

type GroupNameProps = {
  readonly row: UsageRowGroup;
  readonly groupBy: UsageReport["groupBy"];
  readonly onRows: UsageTableProps["onRows"];
};

function GroupName({ row: { group }, groupBy, onRows }: GroupNameProps) {
  if (group === null) return <span className="text-muted">{NOBODY[groupBy]}</span>;
  if (groupBy === "day") return <>{dateText(group.name)}</>;
  if (group.id.startsWith("pseudonym")) return <>{group.name}</>;
  const name = group.name === "" ? "model not said" : group.name;
  return (
    <button
      type="button"
      onClick={() => onRows(name, { [PARAMS[groupBy]]: group.id })}
      className="min-h-6 rounded-sm text-left hover:text-link hover:underline"
    >
      {name}
    </button>
  );
}

const NOBODY: Readonly<Record<UsageReport["groupBy"], string>> = {
  member: "nobody known",
  model: "model not said",
  service_provider: "no provider",
  api_account: "no account",
  day: "no day",
};

const PARAMS = {
  member: "memberId",
  model: "model",
  service_provider: "serviceProviderId",
  api_account: "apiAccountId",
} as const;

type FiguresProps = {
  readonly sums: UsageSums;
  readonly kinds: readonly UsageCostKind[];
  readonly detailed: boolean;
};

function Figures({ sums, kinds, detailed }: FiguresProps) {
  const tokens = allTokens(sums.tokens);
  const [only] = sums.costs.length === 1 ? sums.costs : [];
  const perMillion = only && sums.unpricedTokens === 0 ? perMillionText(only.cost, tokens) : null;
  return (
    <>
      <Cell figures>{tokens > 0 ? tokensText(tokens) : <NotApplicable />}</Cell>
      {detailed && <Cell figures>{cacheShareText(sums.tokens) ?? <NotApplicable />}</Cell>}
      <Cell figures>{sums.requests > 0 ? countText(sums.requests) : <NotApplicable />}</Cell>
      {kinds.map((kind) => (
        <Cell key={kind} figures>
          <Costs sums={sums} kind={kind} />
        </Cell>
      ))}
      <Cell figures>{perMillion ?? <NotApplicable />}</Cell>
    </>
  );
}

function Costs({ sums, kind }: { readonly sums: UsageSums; readonly kind: UsageCostKind }) {
  const costs = sums.costs.filter(({ costKind }) => costKind === kind);
  if (costs.length === 0) return <NotApplicable />;
  // What is charged on top of seats is stated by its source, never priced by us.
  const unpriced = sums.unpricedTokens > 0 && kind !== "on_top";
  if (unpriced && costs.every(({ cost }) => cost === "0")) {
    return <span className="text-warning">price unknown</span>;
  }
  return (
    <>
      {costs.map(({ currency, cost }, index) => (
        <span key={currency}>
          {index > 0 && ", "}
          {costText(cost)}
          {costs.length > 1 && ` ${currency}`}
        </span>
      ))}
      {unpriced && <span className="block text-small text-warning">price partly unknown</span>}
    </>
  );
}
