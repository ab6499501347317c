"use client";

import { Plus } from "lucide-react";
import { Fragment, useState } from "react";

import {
  type PricedModel,
  priceText,
  startText,
  TIER_NAMES,
  TOKEN_NAMES,
} from "@/components/settings/model-price-rows";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { useLocale } from "@/components/ui/reader";
import { Cell, Column, Row, RowHead, RowToggle, Table, TableHead } from "@/components/ui/table";
import { dateText } from "@/lib/domain/date-text";
import { TOKEN_TYPES } from "@/lib/domain/usage";
import type { ModelPriceRow } from "@/lib/model-prices/schema";

type ModelPriceTableProps = {
  readonly provider: string;
  readonly models: readonly PricedModel[];
  readonly onAdd?: (price: ModelPriceRow) => void;
};

/** What a provider's models cost by kind of token, with earlier and coming prices under each. */
export function ModelPriceTable({ provider, models, onAdd }: ModelPriceTableProps) {
  const [openKeys, setOpenKeys] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string) =>
    setOpenKeys((keys) =>
      keys.has(key) ? new Set([...keys].filter((each) => each !== key)) : new Set([...keys, key]),
    );
  const currencies = new Set(
    models.flatMap(({ shown, others }) => [shown, ...others].map((price) => price.currency)),
  );
  // Said once, in the caption, as long as there is only one.
  const [currency] = currencies.size === 1 ? currencies : [];

  return (
    <Table
      caption={`${provider}, ${currency ? `${currency} ` : ""}a million tokens`}
      captionHidden={false}
      divided
    >
      <TableHead>
        <tr>
          <Column pinned>Model</Column>
          {TOKEN_TYPES.map((type) => (
            <Column key={type} figures>
              {TOKEN_NAMES[type]}
            </Column>
          ))}
          <Column>From</Column>
          <Column>Source</Column>
          <Column>As of</Column>
        </tr>
      </TableHead>
      <tbody>
        {models.map(({ key, shown, inForce, others }) => (
          <Fragment key={key}>
            <Row>
              <RowHead pinned className="font-normal">
                <span className="flex items-center gap-2 sm:whitespace-nowrap">
                  {others.length > 0 ? (
                    <RowToggle open={openKeys.has(key)} onToggle={() => toggle(key)}>
                      {shown.model}
                    </RowToggle>
                  ) : (
                    <span className="pl-5">{shown.model}</span>
                  )}
                  {shown.serviceTier !== "standard" && <Badge>{TIER_NAMES[shown.serviceTier]}</Badge>}
                  {!inForce && <Badge tone="warning">not yet in force</Badge>}
                </span>
              </RowHead>
              <PriceCells price={shown} withCurrency={!currency} {...(onAdd && { onAdd })} />
            </Row>
            {openKeys.has(key) &&
              others.map((price) => (
                <Row key={price.id}>
                  <RowHead pinned level={1} className="font-normal">
                    {price.startsOn > shown.startsOn ? "then" : "before"}
                    <span className="sr-only">, {price.model}</span>
                  </RowHead>
                  <PriceCells price={price} withCurrency={!currency} muted />
                </Row>
              ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

type PriceCellsProps = {
  readonly price: ModelPriceRow;
  readonly withCurrency: boolean;
  readonly muted?: boolean;
  readonly onAdd?: (price: ModelPriceRow) => void;
};

function PriceCells({ price, withCurrency, muted = false, onAdd }: PriceCellsProps) {
  const locale = useLocale();
  const { perMillion, currency, startsOn, source, asOf, model, serviceTier } = price;
  return (
    <>
      {TOKEN_TYPES.map((type) => (
        <Cell key={type} figures {...(muted && { className: "text-muted" })}>
          <data value={perMillion[type]}>{priceText(perMillion[type], locale)}</data>
          {withCurrency && ` ${currency}`}
        </Cell>
      ))}
      <Cell className="whitespace-nowrap text-muted">{startText(startsOn)}</Cell>
      <Cell className="min-w-40 text-muted">{source}</Cell>
      <Cell className="whitespace-nowrap text-muted">
        <span className="flex items-center justify-between gap-2">
          {dateText(asOf)}
          {onAdd && (
            <IconButton
              size="small"
              label={`Add a price of ${model}${serviceTier === "standard" ? "" : `, ${TIER_NAMES[serviceTier]}`}`}
              onClick={() => onAdd(price)}
            >
              <Plus aria-hidden />
            </IconButton>
          )}
        </span>
      </Cell>
    </>
  );
}
