import type { CalendarDate } from "./calendar-date";
import { dateText, monthText } from "./date-text";
import type { Month } from "./month";

type Reminded = {
  readonly organization: string;
  readonly contract: string;
  readonly serviceProvider: string;
  readonly month: Month;
  readonly dueOn: CalendarDate;
  readonly responsible: string;
  /** Where the books are read. */
  readonly address: string;
};

/** What is told of an invoice that was not there when it was due. */
export function reminderMessage(reminded: Reminded): { readonly subject: string; readonly text: string } {
  const one = (text: string) => text.replace(/\s+/g, " ");
  const { organization, month, dueOn, address } = reminded;
  const [contract, provider, responsible] = [
    one(reminded.contract),
    one(reminded.serviceProvider),
    one(reminded.responsible),
  ];
  return {
    subject: `No invoice yet: ${contract}, ${monthText(month)}`,
    text: [
      `${organization}. No invoice of ${provider} for ${contract} in ${monthText(month)} is here yet.`,
      `It was due by ${dateText(dueOn)}, and ${responsible} enters it.`,
      `${address}/invoices?month=${month}`,
    ].join("\n"),
  };
}
