import type { ComboboxOption } from "@/components/ui/combobox-match";
import { CURRENCIES } from "@/lib/domain/currency";

const FIRST = ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "JPY"];

/** Every currency, those that providers bill in first, found by code or name. */
export function currencyOptions(locale: string): ComboboxOption[] {
  const names = new Intl.DisplayNames(locale, { type: "currency" });
  const rest = CURRENCIES.filter((currency) => !FIRST.includes(currency));
  return [...FIRST, ...rest].map((code) => ({ value: code, label: code, hint: names.of(code) ?? code }));
}
