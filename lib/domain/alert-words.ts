import { monthText } from "./date-text";
import type { Purpose } from "./facts";
import type { Money } from "./money";
import { moneyText } from "./money-text";
import type { Month } from "./month";
import { PURPOSE_NAMES } from "./words";

type Share = { readonly purpose: Purpose | null; readonly team: { readonly name: string } | null };

/** Whose budget a threshold looks at: "Platform’s developer leverage". */
export function shareName({ purpose, team }: Share): string {
  const line = purpose === null ? "both lines" : PURPOSE_NAMES[purpose].toLowerCase();
  return team ? `${team.name}’s ${line}` : line;
}

type Raised = {
  readonly organization: string;
  readonly share: Share & { readonly percent: number };
  readonly month: Month;
  readonly budgeted: Money;
  readonly actual: Money;
  /** Of a threshold by forecast. */
  readonly forecast: Money | null;
  /** Where the books are read. */
  readonly address: string;
};

/** What somebody is told of an alert who does not look at the page. */
export function alertMessage({ organization, share, month, address, ...sums }: Raised): {
  readonly subject: string;
  readonly text: string;
} {
  const whose = shareName(share).replace(/\s+/g, " ");
  const part = `${share.percent} % of the budget for ${monthText(month)}`;
  const reached = sums.forecast ? `Forecast to reach ${part}` : `${part} reached`;
  const amount = (value: Money) => moneyText(value, "en", { withCurrency: true }).replaceAll("\u00a0", " ");
  const [actual, budgeted] = [amount(sums.actual), amount(sums.budgeted)];
  const cost = sums.forecast
    ? `It has cost ${actual} and is forecast to cost ${amount(sums.forecast)}`
    : `It has cost ${actual}`;
  return {
    subject: `${reached}: ${whose}`,
    text: [
      `${organization}. ${reached}: ${whose}.`,
      `${cost}; ${budgeted} are budgeted.`,
      `${address}/budget?month=${month}`,
    ].join("\n"),
  };
}
