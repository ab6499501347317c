import { NotApplicable } from "@/components/ui/amount";
import { Cell, Column, Row, RowHead, Table, TableHead } from "@/components/ui/table";
import { costText, tokensText } from "@/components/usage/usage-words";
import type { BreakEvenDetail, ModelMix } from "@/lib/break-even/schema";
import { monthText } from "@/lib/domain/date-text";
import type { TokenType } from "@/lib/domain/usage";

const TYPE_NAMES: Readonly<Record<TokenType, string>> = {
  uncachedInput: "uncached input",
  cacheRead: "cache reads",
  cacheWrite5m: "cache writes, 5 minutes",
  cacheWrite1h: "cache writes, 1 hour",
  output: "output",
};

/** What the use is made of: tokens by model and kind, at the list price of each day. */
export function MixTable({ detail: { mix, from, to, subject } }: { readonly detail: BreakEvenDetail }) {
  const currencies = [...new Set(mix.map(({ currency }) => currency))].join(", ");
  return (
    <section aria-labelledby="token-mix">
      <h3 id="token-mix" className="mb-1 font-bold">
        Token mix, {monthText(from)} to {monthText(to)}, {currencies}
      </h3>
      <div className="-mx-4">
        <Table caption={`${subject.name}'s tokens by model and kind, in ${currencies}`}>
          <TableHead>
            <tr>
              <Column>Model</Column>
              <Column figures>Tokens</Column>
              <Column figures>At list prices</Column>
            </tr>
          </TableHead>
          <tbody>
            {mix.map((model) => (
              <ModelRows key={`${model.model} ${model.currency}`} model={model} />
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  );
}

function ModelRows({ model }: { readonly model: ModelMix }) {
  const { types, cost, batchCost, toldCost } = model;
  const notes = [
    ...(Number(batchCost) > 0 ? [`${costText(batchCost)} of it in batches at half price`] : []),
    ...(Number(toldCost) === 0 ? [] : [`${costText(toldCost)} more or less as its source priced it`]),
  ];
  return (
    <>
      <Row ruled strong>
        <RowHead>
          <bdi>{model.model || "model not said"}</bdi>
          {notes.length > 0 && (
            <span className="block font-normal text-muted text-small">{notes.join("; ")}</span>
          )}
        </RowHead>
        <Cell figures>{tokensText(types.reduce((sum, { tokens }) => sum + tokens, 0))}</Cell>
        <Cell figures>{costText(cost)}</Cell>
      </Row>
      {types.map(({ type, tokens, cost: typeCost }) => (
        <Row key={type}>
          <RowHead level={1} className="font-normal">
            {TYPE_NAMES[type]}
          </RowHead>
          <Cell figures>{tokensText(tokens)}</Cell>
          <Cell figures>{typeCost === null ? <NotApplicable /> : costText(typeCost)}</Cell>
        </Row>
      ))}
    </>
  );
}
