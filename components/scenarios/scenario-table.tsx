import Link from "next/link";

import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import type { Scenario } from "@/lib/scenarios/schema";

/** The first changes of a scenario say what it is about. */
const SHOWN = 2;

export const scenarioHref = (id: string, others: readonly string[] = []): string =>
  `/advice/scenarios?${new URLSearchParams({ scenario: id, ...(others.length > 0 && { with: others.join(",") }) })}`;

export function ScenarioTable({ scenarios }: { readonly scenarios: readonly Scenario[] }) {
  return (
    <Table caption="Scenarios, with what each changes" divided>
      <TableHead>
        <tr>
          <Column>Scenario</Column>
          <Column className="max-md:hidden">What it changes</Column>
        </tr>
      </TableHead>
      <tbody>
        {scenarios.map((scenario) => (
          <Row key={scenario.id}>
            <RowHead className="align-top font-normal">
              <Link
                href={scenarioHref(scenario.id)}
                className="rounded-sm font-bold text-ink hover:underline"
              >
                <bdi>{scenario.name}</bdi>
              </Link>
              <span className="block text-muted text-small md:hidden">{countText(scenario)}</span>
            </RowHead>
            <Cell className="text-muted text-small max-md:hidden">
              {scenario.changes.slice(0, SHOWN).map(({ text }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, and never move.
                <span key={index} className="block">
                  {text}
                </span>
              ))}
              {scenario.changes.length > SHOWN && (
                <span className="block">and {scenario.changes.length - SHOWN} more</span>
              )}
              {scenario.changes.length === 0 && "Nothing yet"}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

export function countText({ changes, hiddenChanges }: Scenario): string {
  const count = changes.length + hiddenChanges;
  return count === 0 ? "no change yet" : `${count} ${count === 1 ? "change" : "changes"}`;
}
