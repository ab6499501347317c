import type { CalendarDate } from "./calendar-date";
import type { CostPart, Effect, Measure, UsedItem } from "./cost-change";
import { dateText, monthText } from "./date-text";
import { money } from "./money";
import { moneyText } from "./money-text";
import type { Month } from "./month";

/** What changed, in sentences that a person would say; one place, so that a page, the interface and a message say the same. */

export type ChangedModel = {
  readonly name: string;
  /** Its share of the metered cost, in whole percent. */
  readonly beforePercent: number;
  readonly afterPercent: number;
  /** The first day of its use, where it is new. */
  readonly since: CalendarDate | null;
};

export type ChangeOf = {
  readonly before: CostPart | null;
  readonly after: CostPart | null;
  /** The model whose share grew most. */
  readonly model: ChangedModel | null;
};

/** "is up 412.00 USD on September" */
export function differenceText(minor: number, { currency, earlier }: Told, locale: string): string {
  if (minor === 0) return `costs the same as in ${monthText(earlier)}`;
  const amount = moneyText(money(Math.abs(minor), currency), locale, { withCurrency: true });
  return `is ${minor > 0 ? "up" : "down"} ${amount} on ${monthText(earlier)}`;
}

type Told = { readonly currency: string; readonly earlier: Month };

/** The reason for one effect, to stand behind the name of what changed: "2 more seats (12 to 14)". */
export function effectText({ kind, baseCostMinor }: Effect, of: ChangeOf): string {
  const more = baseCostMinor > 0;
  switch (kind) {
    case "new":
      return "is new";
    case "gone":
      return "costs nothing any more";
    case "share":
      return `${more ? "more" : "less"} of it counts here`;
    case "rate":
      return `${of.after?.own?.currency ?? "its currency"} costs ${more ? "more" : "less"}`;
    case "seats":
      return seatsText(of) ?? `${more ? "more" : "fewer"} seats`;
    case "volume":
      return volumeText(of, more);
    case "price":
      return priceText(of, more);
    case "mix":
      return mixText(of.model) ?? `${more ? "dearer" : "cheaper"} models`;
    case "days":
      return "the same seats over other days";
    case "amount":
      return `${more ? "more" : "less"} was charged`;
    case "correction":
      return "corrects closed months";
  }
}

function seatsText({ before, after }: ChangeOf): string | null {
  const [old, now] = [seatsIn(before?.measure), seatsIn(after?.measure)];
  if (old === null || now === null || old === now) return null;
  const [many, few] = old < now ? [now, old] : [old, now];
  const difference = tenths(many - few);
  return `${difference} ${old < now ? "more" : "fewer"} ${difference === "1" ? "seat" : "seats"} (${tenths(old)} to ${tenths(now)})`;
}

/** On average over the month, in tenths. */
const seatsIn = (measure: Measure | null | undefined): number | null =>
  measure?.kind === "seats" ? Math.round((measure.seatDays * 10) / measure.days) : null;

const tenths = (seats: number): string => String(seats / 10);

function volumeText({ before, after }: ChangeOf, more: boolean): string {
  const [old, now] = [unitsOf(before?.measure), unitsOf(after?.measure)];
  const word = more ? "more use" : "less use";
  if (old === 0n || now === 0n) return word;
  if (now >= old * 2n) return `${String(tenths(Number((now * 10n) / old)))} times the use`;
  const percent = Number(((now > old ? now - old : old - now) * 100n + old / 2n) / old);
  return percent === 0 ? word : `${percent} % ${word}`;
}

const unitsOf = (measure: Measure | null | undefined): bigint =>
  measure?.kind === "use" ? [...measure.items.values()].reduce((sum, { units }) => sum + units, 0n) : 0n;

function priceText({ before, after }: ChangeOf, more: boolean): string {
  const [old, now] = [before?.measure, after?.measure];
  if (old?.kind === "seats" && now?.kind === "seats") {
    return old.priced && now.priced
      ? `a seat went from ${old.priced} to ${now.priced}`
      : `a seat costs ${more ? "more" : "less"}`;
  }
  return `the same use costs ${more ? "more" : "less"}`;
}

function mixText(model: ChangedModel | null): string | null {
  if (!model || model.afterPercent <= model.beforePercent) return null;
  const since = model.since ? ` on ${dateText(model.since)}` : "";
  return `moved to ${model.name}${since} (${model.beforePercent} to ${model.afterPercent} % of its cost)`;
}

/** The model whose share of the metered cost grew most, if any grew. */
export function grownModel(
  before: Measure | null,
  after: Measure | null,
): Omit<ChangedModel, "since"> | null {
  if (before?.kind !== "use" || after?.kind !== "use") return null;
  const [old, now] = [percents(before.items), percents(after.items)];
  return [...now]
    .map(([name, afterPercent]) => ({ name, beforePercent: old.get(name) ?? 0, afterPercent }))
    .filter(({ beforePercent, afterPercent }) => afterPercent > beforePercent)
    .reduce<Omit<ChangedModel, "since"> | null>(
      (most, model) => (most && grown(most) >= grown(model) ? most : model),
      null,
    );
}

const grown = (model: Omit<ChangedModel, "since">): number => model.afterPercent - model.beforePercent;

function percents(items: ReadonlyMap<string, UsedItem>): Map<string, number> {
  const all = [...items.values()].reduce((sum, { meteredNano }) => sum + meteredNano, 0n);
  if (all <= 0n) return new Map();
  return new Map(
    [...items].map(([name, { meteredNano }]) => [name, Number((meteredNano * 100n + all / 2n) / all)]),
  );
}
