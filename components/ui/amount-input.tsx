"use client";

import { useLocale } from "@/components/ui/reader";
import { TypedControl, type TypedControlProps } from "@/components/ui/typed-control";
import type { Currency } from "@/lib/domain/currency";
import type { Money } from "@/lib/domain/money";
import { moneyText } from "@/lib/domain/money-text";
import { parseTypedAmount } from "@/lib/domain/typed-amount";

type AmountInputProps = TypedControlProps<Money> & { readonly currency: Currency };

/** An amount as people type it: "1.240,11", "$25", "1.5k". */
export function AmountInput({ currency, ...props }: AmountInputProps) {
  const locale = useLocale();
  return (
    <TypedControl
      {...props}
      figures
      parse={(text) => parseTypedAmount(text, currency, locale)}
      show={(value) => moneyText(value, locale)}
      nameOf={(value) => moneyText(value, locale, { withCurrency: true })}
    />
  );
}
