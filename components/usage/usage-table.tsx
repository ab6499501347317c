import { NotApplicable } from "@/components/ui/amount";
import { classNames } from "@/components/ui/class-names";
import { Cell, Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import type { Measure } from "@/components/usage/measures";
import { TrendCell } from "@/components/usage/trend-cell";
import {
  allTokens,
  COST_KIND_NAMES,
  cacheShareText,
  costText,
  countText,
  GROUP_NAMES,
  groupText,
  perMillionText,
  tokensText,
} from "@/components/usage/usage-words";
import { USAGE_COST_KINDS, type UsageCostKind } from "@/lib/domain/usage";
import type { UsageRowsAsked } from "@/lib/usage/queries";
import { NONE, type UsageReport, type UsageRowGroup, type UsageSums } from "@/lib/usage/schema";

type Asked = Omit<UsageRowsAsked, "from" | "to">;

type UsageTableProps = {
  readonly report: UsageReport;
  /** What the trends measure, if there is anything to. */
  readonly measure: Measure | undefined;
  readonly onRows: (title: string, asked: Asked) => void;
};

/** Sums of use; what is spent and what a flat plan's use would have cost stand in columns of their own. */
export function UsageTable({ report, measure, onRows }: UsageTableProps) {
  const { groupBy, groups, total, periods, from } = report;
  const currencies = [...new Set(total.costs.map(({ currency }) => currency))];
  const kinds = USAGE_COST_KINDS.filter((kind) => total.costs.some(({ costKind }) => costKind === kind));
  const monthly = groupBy !== "day" && measure;
  return (
    <Table caption={`Usage by ${GROUP_NAMES[groupBy].toLowerCase()}, in ${currencies.join(" and ")}`} divided>
      <TableHead>
        <tr>
          <Column pinned>{GROUP_NAMES[groupBy]}</Column>
          <Column figures>Tokens</Column>
          <Column figures>From cache</Column>
          <Column figures>Requests</Column>
          {kinds.map((kind) => (
            <Column key={kind} figures>
              {COST_KIND_NAMES[kind]}, {currencies.join(", ")}
            </Column>
          ))}
          <Column figures>A million tokens</Column>
          {monthly && (
            <Column>
              Twelve months, {monthly.name.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())}
            </Column>
          )}
        </tr>
      </TableHead>
      <tbody>
        {groups.map((row) => (
          <Row key={`${row.kind} ${row.group?.id ?? ""}`}>
            <RowHead pinned className="font-normal text-ink">
              <GroupName row={row} groupBy={groupBy} onRows={onRows} />
              {periods.some((period, index) => period >= from && row.partial[index]) && (
                <span className="block text-muted text-small">without other people</span>
              )}
            </RowHead>
            <Figures sums={row} kinds={kinds} />
            {monthly && (
              <TrendCell
                name={groupText(row, groupBy)}
                trend={row.trend}
                partial={row.partial}
                report={report}
                measure={monthly}
              />
            )}
          </Row>
        ))}
      </tbody>
      <TableFoot>
        <Row>
          <RowHead pinned className="font-bold">
            <RowsButton name="Total" onClick={() => onRows("All usage", {})} />
          </RowHead>
          <Figures sums={total} kinds={kinds} />
          {monthly && <TrendCell name="Total" trend={total.trend} report={report} measure={monthly} />}
        </Row>
      </TableFoot>
    </Table>
  );
}

type GroupNameProps = {
  readonly row: UsageRowGroup;
  readonly groupBy: UsageReport["groupBy"];
  readonly onRows: UsageTableProps["onRows"];
};

function GroupName({ row, groupBy, onRows }: GroupNameProps) {
  const name = groupText(row, groupBy);
  const { kind, group } = row;
  // There are no rows of people whom the organization does not show apart.
  if (kind === "people" || kind === "pseudonym") return <span className="text-muted">{name}</span>;
  return (
    <RowsButton
      name={name}
      muted={kind === "none" || group?.name === ""}
      onClick={() => onRows(name, { [PARAMS[groupBy]]: group?.id ?? NONE })}
    />
  );
}

type RowsButtonProps = { readonly name: string; readonly muted?: boolean; readonly onClick: () => void };

function RowsButton({ name, muted = false, onClick }: RowsButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        "min-h-6 rounded-sm text-left hover:text-link hover:underline",
        muted && "text-muted",
      )}
    >
      <bdi>{name}</bdi>
    </button>
  );
}

const PARAMS = {
  member: "memberId",
  model: "model",
  service_provider: "serviceProviderId",
  api_account: "apiAccountId",
  product: "productId",
  day: "day",
} as const;

type FiguresProps = {
  readonly sums: UsageSums;
  readonly kinds: readonly UsageCostKind[];
};

function Figures({ sums, kinds }: FiguresProps) {
  const tokens = allTokens(sums.tokens);
  const [only] = sums.costs.length === 1 ? sums.costs : [];
  const perMillion = only && sums.unpricedTokens === 0 ? perMillionText(only.cost, tokens) : null;
  return (
    <>
      <Cell figures>{tokens > 0 ? tokensText(tokens) : <NotApplicable />}</Cell>
      <Cell figures>{cacheShareText(sums.tokens) ?? <NotApplicable />}</Cell>
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
