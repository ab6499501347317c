"use client";

import { useInfiniteQuery } from "@tanstack/react-query";

import { useKeepMonth } from "@/components/shell/period";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import { useLocale } from "@/components/ui/reader";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { ledgerQuery } from "@/lib/ledger/queries";

type UnclassifiedStripProps = {
  readonly amount: Money;
  readonly filter: Readonly<Record<string, string>>;
  readonly mayClassify: boolean;
  readonly onOpen: () => void;
};

/** What counts in neither line, only while there is some, with what to do about it. */
export function UnclassifiedStrip({ amount, filter, mayClassify, onOpen }: UnclassifiedStripProps) {
  const locale = useLocale();
  const keepMonth = useKeepMonth();
  const entries = useInfiniteQuery(ledgerQuery(filter));
  const rows = entries.data?.pages.flatMap(({ data }) => data) ?? [];
  const accounts = [
    ...new Map(rows.flatMap((row) => row.apiAccount ?? []).map((one) => [one.id, one])).values(),
  ];
  const [first, ...others] = accounts;

  return (
    <Banner
      tone="warning"
      title={`${moneyText(amount, locale, { withCurrency: true })} unclassified`}
      actions={
        first && mayClassify ? (
          <LinkButton
            variant="warning"
            size="small"
            href={keepMonth(`/api-accounts?account=${first.id}&classify=1`)}
          >
            Classify
          </LinkButton>
        ) : (
          <Button variant="warning" size="small" onClick={onOpen}>
            Show entries
          </Button>
        )
      }
    >
      {first ? (
        <Reason name={first.name} others={others.length} />
      ) : (
        "It has no purpose yet, so it counts in neither line."
      )}
    </Banner>
  );
}

function Reason({ name, others }: { readonly name: string; readonly others: number }) {
  if (others === 0) return <>API account “{name}” has no purpose yet, so it counts in neither line.</>;
  return (
    <>
      API account “{name}” and {others} more have no purpose yet, so they count in neither line.
    </>
  );
}
