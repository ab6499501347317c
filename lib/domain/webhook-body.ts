import type { Money } from "./money";

type Entity = { readonly id: string; readonly name: string };

/** What a program may act on, by kind; the text beside it says the same to people. */
export type WebhookEvent =
  | {
      readonly type: "budget.alert";
      readonly data: {
        readonly id: string;
        readonly month: string;
        readonly purpose: string | null;
        readonly team: Entity | null;
        readonly percent: number;
        readonly budgeted: Money;
        readonly actual: Money;
        readonly forecast: Money | null;
      };
    }
  | {
      readonly type: "invoice.reminder";
      readonly data: {
        readonly id: string;
        readonly month: string;
        readonly dueOn: string;
        readonly contract: Entity & { readonly kind: "subscription" | "api_account" };
        readonly serviceProvider: Entity;
        readonly responsible: Entity;
      };
    }
  | { readonly type: "webhook.test"; readonly data: { readonly id: string } };

type Told = WebhookEvent & { readonly at: Date; readonly text: string };

/** What a webhook is sent: JSON, of which a chat that knows Slack's format shows the text. */
export function webhookBody({ type, at, text, data }: Told): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), text: slackText(text), data });
}

/** Text in which nothing means more than it says: a team named <!channel> calls nobody. */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
