import { COST_KIND_NAMES, costText, tokensText } from "@/components/usage/usage-words";
import { USAGE_COST_KINDS } from "@/lib/domain/usage";
import type { UsageTrend } from "@/lib/usage/schema";

/** What a picture of usage measures: tokens, or one kind of cost in one currency. Kinds are never added up. */
export type Measure = {
  readonly id: string;
  readonly name: string;
  /** One value for each period of the trend. */
  readonly values: (trend: UsageTrend) => readonly number[];
  readonly text: (value: number) => string;
};

const TOKENS: Measure = {
  id: "tokens",
  name: "Tokens",
  values: ({ tokens }) => tokens,
  text: tokensText,
};

/** What there is to measure, what is spent first. */
export function measuresOf(total: UsageTrend): readonly Measure[] {
  const costs = USAGE_COST_KINDS.flatMap((kind) =>
    total.costs
      .filter(({ costKind, costs: values }) => costKind === kind && values.some((cost) => Number(cost) !== 0))
      .map(({ currency }): Measure => {
        const isIt = (cost: UsageTrend["costs"][number]) =>
          cost.costKind === kind && cost.currency === currency;
        return {
          id: `${kind}-${currency}`,
          name: `${COST_KIND_NAMES[kind]}, ${currency}`,
          values: (trend) => trend.costs.find(isIt)?.costs.map(Number) ?? trend.tokens.map(() => 0),
          text: (value) => costText(value.toFixed(2)),
        };
      }),
  );
  return [...costs, ...(total.tokens.some((tokens) => tokens > 0) ? [TOKENS] : [])];
}

/** "40 % more than 300.00 in October"; null where there is nothing to compare. */
export function changeText(
  { now, before, beforeName }: { now: number; before: number; beforeName: string },
  text: (value: number) => string,
): string | null {
  if (now === 0 && before === 0) return null;
  // Where no file tells of any use, nobody knows that it was 0.00.
  if (before === 0) return `nothing in ${beforeName}`;
  if (before < 0 || now < 0) return `${text(before)} in ${beforeName}`;
  if (now === 0) return `nothing, after ${text(before)} in ${beforeName}`;
  const percent = Math.round((now / before - 1) * 100);
  if (percent === 0) return `as in ${beforeName}`;
  if (percent >= TIMES_FROM_PERCENT)
    return `${Math.round(now / before)} times the ${text(before)} of ${beforeName}`;
  return `${Math.abs(percent)} % ${percent > 0 ? "more" : "less"} than ${text(before)} in ${beforeName}`;
}

/** Beyond this a percentage is harder to read than "12 times". */
const TIMES_FROM_PERCENT = 400;
