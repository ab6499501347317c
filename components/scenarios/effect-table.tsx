import { Amount, NotApplicable } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableFoot, TableHead } from "@/components/ui/table";
import { monthText } from "@/lib/domain/date-text";
import type { Purpose } from "@/lib/domain/facts";
import type { Money } from "@/lib/domain/money";
import { PURPOSE_NAMES } from "@/lib/domain/words";
import type { EffectFigures, Effects } from "@/lib/scenarios/schema";

type EffectTableProps = { readonly effects: Effects; readonly purpose: Purpose };

/** A line month by month: what is forecast, what each scenario comes to, and the difference. */
export function EffectTable({
  effects: { effects, forecast, currency, from, to },
  purpose,
}: EffectTableProps) {
  const base = forecast.find((line) => line.purpose === purpose);
  const columns = effects.map(({ scenario, lines }) => ({
    scenario,
    line: lines.find((line) => line.purpose === purpose),
  }));
  const alone = effects.length === 1;
  return (
    <Table
      caption={`${PURPOSE_NAMES[purpose]}, ${monthText(from)} to ${monthText(to)}: forecast, scenario and difference, in ${currency}`}
      divided
    >
      <TableHead>
        <tr>
          <Column pinned={!alone}>Month</Column>
          <Column figures>Forecast, {currency}</Column>
          {columns.map(({ scenario }) =>
            alone ? (
              <Column key={scenario.id} figures>
                Scenario
              </Column>
            ) : (
              <Column key={scenario.id} figures title={scenario.name}>
                <bdi className="inline-block max-w-32 truncate align-bottom">{scenario.name}</bdi>
              </Column>
            ),
          )}
          {alone && <Column figures>Difference</Column>}
        </tr>
      </TableHead>
      <tbody>
        {(base?.months ?? []).map(({ month, forecast: real }, index) => (
          <Row key={month}>
            <RowHead pinned={!alone} className="whitespace-nowrap font-normal">
              {monthText(month)}
            </RowHead>
            <Cell figures className="text-muted">
              <Figure value={real} />
            </Cell>
            {columns.map(({ scenario, line }) => (
              <Effect key={scenario.id} figures={line?.months[index]} alone={alone} />
            ))}
          </Row>
        ))}
      </tbody>
      <TableFoot>
        <tr>
          <RowHead pinned={!alone}>Together</RowHead>
          <Cell figures>
            <Figure value={base?.total ?? null} />
          </Cell>
          {columns.map(({ scenario, line }) => (
            <Effect key={scenario.id} figures={line?.total} alone={alone} />
          ))}
        </tr>
      </TableFoot>
    </Table>
  );
}

/** Alone, the difference has a column; beside others it stands below its amount. */
function Effect({
  figures,
  alone,
}: {
  readonly figures: EffectFigures | undefined;
  readonly alone: boolean;
}) {
  const scenario = <Figure value={figures?.scenario ?? null} />;
  const difference = figures?.difference ?? null;
  if (alone) {
    return (
      <>
        <Cell figures>{scenario}</Cell>
        <Cell figures>
          <Difference value={difference} />
        </Cell>
      </>
    );
  }
  return (
    <Cell figures>
      {scenario}
      <span className="block font-normal text-small">
        <Difference value={difference} />
      </span>
    </Cell>
  );
}

const Figure = ({ value }: { readonly value: Money | null }) =>
  value ? <Amount value={value} /> : <NotApplicable />;

function Difference({ value }: { readonly value: Money | null }) {
  if (!value) return <NotApplicable />;
  return <Amount value={value} withSign tone={value.minor === 0 ? "muted" : "plain"} />;
}
