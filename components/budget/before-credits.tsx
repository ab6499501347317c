"use client";

import { useLocale } from "@/components/ui/reader";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";

type BeforeCreditsProps = {
  readonly cost: Money | null;
  /** With what credit given to us covers, which is no cost. */
  readonly before: Money | null;
};

/** What a cost comes to before credits, in words under it; nothing where credit covers none of it. */
export function BeforeCredits({ cost, before }: BeforeCreditsProps) {
  const locale = useLocale();
  if (!cost || !before || cost.minor === before.minor) return null;
  return (
    <span className="block whitespace-normal font-normal text-muted text-small">
      {moneyText(before, locale)} before credits
    </span>
  );
}
